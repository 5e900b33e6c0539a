/** The events of a domain's history: one sealed hierarchy of immutable records. */
package org.xenledger.domain.event;
