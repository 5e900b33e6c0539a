// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Texts that a person has read and found right. With {@code -Dapprove=true} the present text is stored instead, to be
 * read in the diff of the next commit.
 */
final class Approved {
    private Approved() {}

    static String text(Path file, String present) throws IOException {
        if (Boolean.getBoolean("approve")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, present);
        }
        return Files.readString(file);
    }
}
