/** Xenledger: an event-sourced ledger of what happens to Xen domains, and the tools that read it. */
package org.xenledger;
