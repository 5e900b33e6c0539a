// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.xenledger.domain.event.DomainEvent;

class AnyEventsTest {
    @Test
    void aLongHistoryHasEveryKindOfEvent() {
        assertThat(AnyEvents.history(1, 20_000).stream().map(Object::getClass).distinct())
                .hasSameSizeAs(DomainEvent.kinds());
    }
}
