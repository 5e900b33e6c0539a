// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.view;

import java.util.List;

/**
 * What one look shows of xenstore beside its domains.
 *
 * @param unlisted why it is not known which domains there are, in words; empty when it is known
 * @param missing of the directories that xenstore has wherever a guest has run since its start, those that are not there
 * @param leftovers backend directories of domids that xenstore has nothing else of
 */
public record StoreView(String unlisted, List<String> missing, List<String> leftovers) {
    public static final String DOMAIN_0 = "/local/domain/0";
    public static final String LIBXL = "/libxl";
}
