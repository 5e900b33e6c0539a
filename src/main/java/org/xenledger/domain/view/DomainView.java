// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.view;

import org.xenledger.domain.Incarnation;
import org.xenledger.domain.StreamId;

/**
 * One life of a domain as one look showed it.
 *
 * @param provisional whether its uuid is only {@code ~/vm}'s word, no libxl-json file's
 */
public record DomainView(
        StreamId stream, boolean provisional, Incarnation incarnation, LiveView live, TemplateView template) {}
