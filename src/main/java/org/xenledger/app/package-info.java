/** The parts put together: where the world and the ledger are, one look at both. The only place that reads a clock. */
package org.xenledger.app;
