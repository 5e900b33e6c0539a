/** Which process is which: a pid alone is used again. Reads /proc. */
package org.xenledger.toolstack.process;
