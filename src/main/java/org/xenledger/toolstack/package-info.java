/** libxl's own files on disk. It reads them; it may use {@code domain}, {@code reconcile} and {@code xenstore}. */
package org.xenledger.toolstack;
