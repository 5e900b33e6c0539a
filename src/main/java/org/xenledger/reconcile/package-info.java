/**
 * Compares the views of a domain and says what each disagreement means. Pure: it may use {@code domain} only.
 */
package org.xenledger.reconcile;
