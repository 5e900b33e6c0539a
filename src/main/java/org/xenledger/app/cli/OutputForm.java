// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

/** How results are printed. */
enum OutputForm {
    TABLE,
    JSON
}
