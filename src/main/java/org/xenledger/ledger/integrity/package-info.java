/**
 * Whether a ledger is what was written: its chains and seals, a fingerprint kept elsewhere, and its indexes after an
 * unclean stop. May use the ledger's root package, the domain and JDBC; nothing here loads a class of Axon.
 */
package org.xenledger.ledger.integrity;
