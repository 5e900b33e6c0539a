// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.xenledger.domain.event.DomainEvent;

class EventWordsTest {
    @Test
    void theTableHasExactlyTheKindsOfEvents() {
        assertThat(EventWords.kinds()).containsExactlyInAnyOrderElementsOf(DomainEvent.kinds());
    }
}
