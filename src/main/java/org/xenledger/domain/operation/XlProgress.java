// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.operation;

/** How far an xl is that was followed; that it failed is an {@link EffectException}. */
public enum XlProgress {
    /** The sign that was waited for is there. */
    SHOWN,
    /** It has ended with status 0. */
    SUCCEEDED,
    /** It has ended, and nobody knows how: whoever started it had died before. */
    ENDED
}
