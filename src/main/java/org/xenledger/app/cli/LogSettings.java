// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.logging.LogManager;

/**
 * What libraries log, on standard error: not what they have to say when all is well, that is not the operator's business.
 *
 * <p>Java makes one of these when something is to be logged for the first time ({@link LogManager}): to set the levels at
 * the start would make every command load all of Java's logging.
 */
public final class LogSettings {
    private static final String CLASS = "java.util.logging.config.class";
    private static final String FILE = "java.util.logging.config.file";

    /** The store of tokens warns that those in memory do not last; those of operations need not (OperationSagas). */
    private static final String LEVELS = """
            handlers=java.util.logging.ConsoleHandler
            .level=WARNING
            org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore.level=SEVERE
            """;

    /** For {@link LogManager}. */
    public LogSettings() throws IOException {
        LogManager.getLogManager().readConfiguration(new ByteArrayInputStream(LEVELS.getBytes(ISO_8859_1)));
    }

    /** Lets Java log so, unless its caller has other wishes. */
    static void use() {
        if (System.getProperty(FILE) == null && System.getProperty(CLASS) == null) {
            System.setProperty(CLASS, LogSettings.class.getName());
        }
    }
}
