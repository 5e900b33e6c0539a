/**
 * A simulated host, for people without Xen and for tests: what libxl, the kernels and the hotplug scripts of a real one do
 * to xenstore and to libxl's files, each with knobs to be slow, to refuse, to fail and to die half way.
 *
 * <p>It is only a client of xenstore, so it runs on xenstored, oxenstored and the embedded server. The captures of a real
 * host are its measure. Uses {@code toolstack} and {@code xenstore.client}.
 */
package org.xenledger.toolstack.simulation;
