// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

/** Serves one type of request. */
@FunctionalInterface
interface Action {
    /** Replies, or throws a {@link Refusal}. */
    void serve(Call call);
}
