/**
 * The projections: what the events add up to, kept in tables, and made again from the events at any time. May use the
 * ledger and JDBC; whoever follows the events, an engine's processor or {@code replay}, applies them here.
 */
package org.xenledger.ledger.projection;
