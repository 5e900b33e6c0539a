// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import java.util.stream.Stream;
import org.xenledger.domain.device.DeviceKind;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What {@code attach} and {@code detach} plug. */
enum PlugKind {
    DISK(DeviceKind.VBD),
    NIC(DeviceKind.VIF);

    private final DeviceKind kind;

    PlugKind(DeviceKind kind) {
        this.kind = kind;
    }

    DeviceKind kind() {
        return kind;
    }

    /** Reads one; any other word may be a kind that libxl numbers itself, so that only xl alone can plug it. */
    static final class Word implements ITypeConverter<PlugKind> {
        @Override
        public PlugKind convert(String word) {
            return Stream.of(values())
                    .filter(kind -> kind.name().equalsIgnoreCase(word))
                    .findFirst()
                    .orElseThrow(
                            () -> new TypeConversionException(
                                    "\"" + word + "\" is neither disk nor nic; other"
                                            + " kinds are plugged by xl alone, as with `xl vtpm-attach`, and `xenledger record` then has them"));
        }
    }
}
