/** The verdicts: what one disagreement between the views means, as pure total functions. */
package org.xenledger.reconcile.verdict;
