// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.xenledger.xenstore.client.XenstoreClient;

/** A daemon that a client is tested against, with what the hypervisor does around it. */
public interface DaemonUnderTest extends AutoCloseable {
    Path socket();

    /** Where it differs from the C daemon, as the client sees it. */
    Set<OxenstoredDifference> differences();

    /** Makes a domain exist, as the hypervisor would tell. */
    void create(int domid) throws IOException;

    /** Makes a domain exist, and introduces it. */
    void introduce(int domid, XenstoreClient client) throws IOException;

    /** Lets a domain stop, as one that powers itself off: it still exists. */
    void shutDown(int domid) throws IOException;

    /** Makes a domain die. */
    void destroy(int domid) throws IOException;

    /** Lets the daemon stand still, so that what it is asked stays unanswered; {@link #stop} ends it all the same. */
    void pause() throws IOException;

    /** An introduced domain's own connection: unprivileged, bound by quotas. */
    RawConnection guest(int domid);

    /** Ends the daemon as kill -9 does; its socket stays behind. */
    void stop();

    /** Starts it again on the same socket, with an empty store. */
    void start() throws IOException;

    @Override
    void close();
}
