// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.wire;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One entry of a node's permissions, as {@code r5}. The first of a node's entries names its owner, and what all domains
 * that are not listed may do.
 *
 * @param access n nothing, r read, w write, b both
 * @param domain a domid, but oxenstored keeps any number that it is given
 */
public record XenstorePermission(char access, long domain) {
    private static final Pattern FORM = Pattern.compile("([nrwb])(-?[0-9]{1,18})");

    /** Empty where the text is no permission. */
    public static Optional<XenstorePermission> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new XenstorePermission(text.charAt(0), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "" + access + domain;
    }
}
