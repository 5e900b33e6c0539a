/** What one look at the world shows of a domain, as plain values. */
package org.xenledger.domain.view;
