// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Names one stream of events: a domain by the uuid that the hypervisor has for it, or a host by its name for Domain-0.
 *
 * <p>Domain-0 has the nil uuid on every host (tools/helpers/init-dom-json.c), so its stream is the host's.
 */
public record StreamId(String value) implements Comparable<StreamId> {
    private static final String HOST_PREFIX = "host:";
    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final int SHORT_LENGTH = 8;

    public StreamId {
        if (!value.startsWith(HOST_PREFIX)) {
            if (!UUID_TEXT.matcher(value).matches()) {
                throw new IllegalArgumentException("not a uuid: " + value);
            }
            value = value.toLowerCase(Locale.ROOT);
        }
    }

    /** The stream of the guest with this hypervisor uuid; upper and lower case are the same uuid. */
    public static StreamId ofUuid(String uuid) {
        return new StreamId(uuid);
    }

    /** The stream of a host, which is Domain-0's. */
    public static StreamId ofHost(String host) {
        return new StreamId(HOST_PREFIX + host);
    }

    public boolean isHost() {
        return value.startsWith(HOST_PREFIX);
    }

    /** A short form for ids and tables: unique enough for a reader's eye, never used to look anything up. */
    public String abbreviated() {
        return isHost() ? value.substring(HOST_PREFIX.length()) : value.substring(0, SHORT_LENGTH);
    }

    @Override
    public int compareTo(StreamId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
