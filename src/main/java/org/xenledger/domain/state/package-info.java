/** The state of a domain as the events tell it, and {@link org.xenledger.domain.state.Evolution}, its only mutator. */
package org.xenledger.domain.state;
