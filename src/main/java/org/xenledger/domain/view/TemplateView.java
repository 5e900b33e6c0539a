// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.view;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a look at libxl's userdata files shows of one domain's libxl-json. */
public sealed interface TemplateView {
    /** There is no file. */
    record None() implements TemplateView {}

    /** The file as a tree. */
    record Present(ObjectNode tree) implements TemplateView {}

    /** There is a file, and it cannot be read: {@code reason} says why, in one clause. */
    record Unreadable(String reason) implements TemplateView {}
}
