// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import org.xenledger.app.operate.Way;
import picocli.CommandLine.Option;

/** Who plugs and unplugs. */
final class ViaOptions {
    /** Other programs that can do it. */
    private enum Via {
        XL
    }

    @Option(
            names = "--via",
            paramLabel = "xl",
            description = "let xl do it; needed for what has no steps here, as qdisk and backends in driver domains")
    private Via via;

    @Option(
            names = "--xl",
            paramLabel = "PROGRAM",
            defaultValue = "xl",
            description = "the xl of --via (default: ${DEFAULT-VALUE})")
    private String xl;

    Way way(OperatingOptions options) {
        return new Way(options.foreign, via == Via.XL ? xl : null);
    }
}
