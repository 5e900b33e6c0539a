/**
 * What operations do to the world: the nodes, the template's entry, the waits and the scripts of one device. May touch
 * xenstore, libxl's files and processes; decides nothing.
 */
package org.xenledger.toolstack.hotplug;
