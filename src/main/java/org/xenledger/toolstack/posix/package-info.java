/** The system calls that Java does not have. The native library is loaded with the first of them, not before. */
package org.xenledger.toolstack.posix;
