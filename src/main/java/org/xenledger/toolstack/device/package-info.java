/**
 * What libxl makes of an entry of libxl-json when it plugs the device in: its defaults, and the nodes that it writes. Pure:
 * what only the host knows is passed in.
 */
package org.xenledger.toolstack.device;
