// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.xenledger.ledger.Progress;

/** A progress bar on standard error where that is a terminal; nothing elsewhere. */
final class Bar implements Progress, AutoCloseable {
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");
    private static final Pattern TERMINAL = Pattern.compile("/dev/(pts/|tty|hvc|console).*");
    private static final int WIDTH = 78;

    private final ProgressBar bar;

    private Bar(ProgressBar bar) {
        this.bar = bar;
    }

    /** @param unit what is counted, with the space before it */
    static Bar on(PrintWriter err, String task, String unit) {
        return new Bar(isTerminal() ? bar(err, task, unit) : null);
    }

    @Override
    public void at(long done, long total) {
        if (bar != null) {
            bar.maxHint(total);
            bar.stepTo(done);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }

    private static ProgressBar bar(PrintWriter err, String task, String unit) {
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setUnit(unit, 1)
                .setStyle(ProgressBarStyle.ASCII)
                .setConsumer(new DelegatingProgressBarConsumer(text -> draw(err, text), WIDTH) {
                    @Override
                    public void close() {
                        err.println();
                    }
                })
                .build();
    }

    private static void draw(PrintWriter err, String text) {
        err.print('\r' + text);
        err.flush();
    }

    private static boolean isTerminal() {
        try {
            return TERMINAL.matcher(Files.readSymbolicLink(STANDARD_ERROR).toString())
                    .matches();
        } catch (IOException e) {
            return false;
        }
    }
}
