// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.device;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A backend's directory, {@code /local/domain/<b>/backend/<kind>/<d>/<id>}. Only a path of exactly this form may be
 * followed: a wrong one would lead into nodes that a guest can write (XSA-175, XSA-178).
 *
 * @param domid the backend's domain
 * @param kind the backend's kind
 * @param frontendDomid the guest
 * @param id the device's number
 */
public record BackendPath(int domid, String kind, int frontendDomid, int id) {
    /** The attribute that names the path, as libxl writes it into its own entry. */
    public static final String ATTRIBUTE = "backend";

    private static final Pattern FORM = Pattern.compile(
            "/local/domain/(0|[1-9]\\d{0,4})/backend/([a-z0-9_]{1,20})/(0|[1-9]\\d{0,4})/(0|[1-9]\\d{0,9})");

    /** Reads a path; empty where it has another form. */
    public static Optional<BackendPath> parse(String path) {
        Matcher matcher = FORM.matcher(path);
        if (!matcher.matches() || Long.parseLong(matcher.group(4)) > Integer.MAX_VALUE) {
            return Optional.empty();
        }
        return Optional.of(new BackendPath(
                Integer.parseInt(matcher.group(1)),
                matcher.group(2),
                Integer.parseInt(matcher.group(3)),
                Integer.parseInt(matcher.group(4))));
    }

    /** The backend kind that a device's attributes name; empty where they name none. */
    public static String kindIn(Map<String, String> attributes) {
        return Optional.ofNullable(attributes.get(ATTRIBUTE))
                .flatMap(BackendPath::parse)
                .map(BackendPath::kind)
                .orElse("");
    }

    @Override
    public String toString() {
        return "/local/domain/" + domid + "/backend/" + kind + "/" + frontendDomid + "/" + id;
    }
}
