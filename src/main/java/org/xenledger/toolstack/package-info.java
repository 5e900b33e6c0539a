/**
 * The hands of a toolstack in dom0: libxl's files and its lock, hotplug scripts, what xl's words for a device mean, and
 * the nodes that libxl writes for it. May use {@code domain}, {@code reconcile} and {@code xenstore}.
 */
package org.xenledger.toolstack;
