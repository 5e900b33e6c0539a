// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.spec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What xl puts into every nic before it reads the request: the {@code vif.default.*} of /etc/xen/xl.conf
 * (set_default_nic_values, tools/xl/xl_nic.c). They are part of what libxl stores.
 */
public final class NicDefaults {
    /** An xl.conf without them, as Debian's is. */
    public static final NicDefaults NONE = new NicDefaults(List.of());

    private static final Pattern SETTING = Pattern.compile(
            "\\s*vif\\.default\\.(script|bridge|gatewaydev|backend)\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)')\\s*;?\\s*(?:#.*)?");

    private final List<String> parameters;

    private NicDefaults(List<String> parameters) {
        this.parameters = List.copyOf(parameters);
    }

    /**
     * Reads xl.conf(5); a missing file is one without defaults.
     *
     * @throws SpecException when there is a file that cannot be read
     */
    public static NicDefaults read(Path file) {
        List<String> parameters = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
                Matcher setting = SETTING.matcher(line);
                if (setting.matches()) {
                    String value = setting.group(2) != null ? setting.group(2) : setting.group(3);
                    parameters.add(setting.group(1) + "=" + value);
                }
            }
        } catch (NoSuchFileException e) {
            return NONE;
        } catch (IOException e) {
            throw new SpecException("cannot read xl's defaults for nics in " + file + ": " + e.getMessage());
        }
        return new NicDefaults(parameters);
    }

    /** The defaults as parameters of a nic specification. */
    List<String> parameters() {
        return parameters;
    }
}
