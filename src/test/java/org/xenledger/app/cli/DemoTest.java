// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.xenledger.Approved;

class DemoTest {
    private static final int PICTURE_WIDTH = 128;

    @Test
    void tellsItsStoryToTheEnd() {
        Cli.Result demo = Cli.runWithoutStore("demo");
        assertThat(demo.status()).as(demo.err()).isZero();
        assertThat(demo.err()).isEmpty();
        assertThat(demo.out()).contains("HALF_PLUGGED").contains("script not reported");
    }

    /** The README's picture is what the program prints, without the long configuration. */
    @Test
    void thePictureShowsWhatTheDemoPrints() throws IOException {
        List<String> lines =
                withoutShow(Cli.runWithoutStore("demo").out().lines().toList());
        String picture = TerminalPicture.svg("xenledger demo", lines);
        Approved.compare("docs/demo.svg", picture.lines().toList());
    }

    private static List<String> withoutShow(List<String> lines) {
        int show = lines.indexOf("# The guest as it was at the first look:");
        int after = lines.indexOf("# Do the views agree now?");
        return IntStream.range(1, lines.size())
                .filter(i -> i < show || i >= after)
                .mapToObj(lines::get)
                .map(line -> line.length() <= PICTURE_WIDTH ? line : line.substring(0, PICTURE_WIDTH - 1) + "…")
                .toList();
    }
}
