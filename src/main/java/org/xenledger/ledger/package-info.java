/**
 * The ledger: its store on disk, the form of its rows, the chain of hashes over them, and reading it. May use the domain,
 * JDBC and Jackson; nothing here loads a class of Axon, so that a reading command starts quickly.
 */
package org.xenledger.ledger;
