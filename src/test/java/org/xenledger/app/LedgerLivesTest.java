// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.xenledger.domain.Incarnation;
import org.xenledger.domain.command.Observe;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.domain.state.DomainState;
import org.xenledger.domain.state.Evolution;
import org.xenledger.domain.view.DomainView;
import org.xenledger.domain.view.TemplateView;
import org.xenledger.domain.view.Views;

class LedgerLivesTest {
    @Test
    void aLifeWithAnotherStartTimeHadTheDomidBefore() {
        LedgerLives lives = of(seen(Views.LIFE));
        assertThat(lives.had(Views.UUID, Views.DOMID, "1795300999.0")).isTrue();
        assertThat(lives.had(Views.UUID, Views.DOMID, Views.START_TIME)).isFalse();
        assertThat(lives.had(Views.UUID, 8, "1795300999.0")).isFalse();
        assertThat(lives.had(Views.OTHER_UUID, Views.DOMID, "1795300999.0")).isFalse();
    }

    @Test
    void aLifeThatRunsAndWhoseStartTimeIsNotKnownMayBeTheSame() {
        assertThat(of(seen(Views.UNTIMED)).had(Views.UUID, Views.DOMID, Views.START_TIME))
                .isFalse();
        assertThat(of(seen(Views.LIFE)).had(Views.UUID, Views.DOMID, "")).isFalse();
        assertThat(of(seen(Views.UNTIMED), List.of()).had(Views.UUID, Views.DOMID, Views.START_TIME))
                .isTrue();
    }

    @Test
    void theStartOfTheLifeThatRunsIsKnown() {
        assertThat(of(seen(Views.LIFE)).start(Views.GUEST, Views.DOMID)).contains(Views.START_TIME);
        assertThat(of(seen(Views.LIFE), List.of()).start(Views.GUEST, Views.DOMID))
                .isEmpty();
    }

    private static List<DomainView> seen(Incarnation life) {
        return List.of(Views.domain(life, Views.liveView(), new TemplateView.Present(Views.TEMPLATE)));
    }

    @SafeVarargs
    private static LedgerLives of(List<DomainView>... looks) {
        DomainState state = DomainState.unknown(Views.GUEST);
        for (List<DomainView> look : looks) {
            for (DomainEvent event : new Observe(Views.GUEST, Views.by(Views.HOST, 0), look, Set.of()).decide(state)) {
                state = Evolution.evolve(state, event);
            }
        }
        return new LedgerLives(Views.HOST, List.of(state));
    }
}
