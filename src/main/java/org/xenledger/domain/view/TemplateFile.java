// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.view;

/**
 * A file {@code userdata-d.<domid>.<uuid>.libxl-json}; its name says whose it is (libxl__userdata_path, libxl_dom.c).
 *
 * @param uuid in lower case; the nil uuid for Domain-0
 */
public record TemplateFile(int domid, String uuid, TemplateView content) {}
