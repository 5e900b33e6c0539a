// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterProperty;
import org.xenledger.Soak;
import org.xenledger.xenstore.DaemonKind;
import org.xenledger.xenstore.DaemonUnderTest;
import org.xenledger.xenstore.EmbeddedXenstored;

/** The embedded server and the real xenstored, side by side. */
class DifferentialTest {
    private static final int STEPS = 80;
    private static final int MANY = 1000;

    /** What the many sessions compare at least. */
    private static final int OPERATIONS = 20_000;

    /** All types of request, and the errors that need no long preparation. */
    private static final List<String> EXPECTED = Stream.of(
                    "0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 17 18 19 21 22",
                    "EINVAL EACCES EEXIST ENOENT ENOSPC ENOSYS EBUSY EAGAIN EPERM")
            .flatMap(names -> Stream.of(names.split(" ")))
            .toList();

    private final Tally tally = new Tally();
    private int tries;
    private boolean failed;

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void aSessionLooksTheSameOnTheEmbeddedServerAndOnXenstored(@ForAll("sessions") List<Step> session) {
        compare(session);
    }

    /** The number of tries can be a constant only. */
    @Tag("soak")
    @Property(tries = MANY, edgeCases = EdgeCasesMode.NONE)
    void manySessionsLookTheSameOnTheEmbeddedServerAndOnXenstored(@ForAll("sessions") List<Step> session) {
        // a failure is made smaller by further tries
        if (failed || tries++ < Soak.rounds(MANY)) {
            boolean shrinking = failed;
            failed = true;
            compare(session);
            failed = shrinking;
        }
    }

    /** Else the sessions would compare nothing but refusals. */
    @AfterProperty
    void muchWasCompared() {
        System.out.println("compared " + tally.operations() + " operations: " + tally.seen());
        assertThat(tally.operations()).isGreaterThanOrEqualTo(tries > 0 ? Soak.rounds(OPERATIONS) : 500);
        if (tally.operations() >= OPERATIONS) {
            assertThat(tally.seen()).containsKeys(EXPECTED.toArray(String[]::new));
        }
    }

    private void compare(List<Step> session) {
        List<String> embedded = play(EmbeddedXenstored.startEmpty(), session, tally);
        List<String> real = play(DaemonKind.XENSTORED.start(), session, new Tally());
        int same = 0;
        while (same < Math.min(embedded.size(), real.size())
                && embedded.get(same).equals(real.get(same))) {
            same++;
        }
        assertThat(from(same, embedded)).isEqualTo(from(same, real));
    }

    /** What was seen at the first difference, after the step that led to it. */
    private static String from(int same, List<String> transcript) {
        return String.join("\n", transcript.subList(Math.max(0, same - 2), Math.min(transcript.size(), same + 3)))
                .replace('\0', '|');
    }

    private static List<String> play(DaemonUnderTest daemon, List<Step> session, Tally tally) {
        try (Player player = new Player(daemon, tally)) {
            return player.play(session);
        }
    }

    @Provide
    Arbitrary<List<Step>> sessions() {
        return Sessions.ofLength(STEPS);
    }
}
