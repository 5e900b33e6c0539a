// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.axon;

import java.util.List;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.common.caching.WeakReferenceCache;
import org.axonframework.common.lock.LockFactory;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configurer;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.json.JacksonSerializer;
import org.xenledger.domain.command.DomainCommand;
import org.xenledger.ledger.OpenLedger;

/**
 * Axon's parts for a ledger, put together by hand. Jackson is the serializer of everything, for the default one needs the
 * JVM opened up; no correlation data, for the events say themselves what they follow from; one fixed node id, for a
 * store has one writer and its successor must not wait for the tokens of a dead one.
 */
final class Wiring {
    private static final String NODE = "xenledger";
    private static final int CACHED_EVENTS = 500;
    private static final TokenSchema TOKENS = TokenSchema.builder()
            .setTokenTable("token")
            .setProcessorNameColumn("processor_name")
            .setSegmentColumn("segment")
            .setTokenColumn("token")
            .setTokenTypeColumn("token_type")
            .setTimestampColumn("updated_at")
            .setOwnerColumn("owner")
            .build();

    private Wiring() {}

    static Configurer configurer(OpenLedger parts, AxonTransactions transactions, LockFactory locks) {
        Serializer jackson = JacksonSerializer.builder().build();
        Serializer events = new EventSerializer(parts.codec());
        return DefaultConfigurer.defaultConfiguration(false)
                .configureSerializer(c -> jackson)
                .configureMessageSerializer(c -> jackson)
                .configureEventSerializer(c -> events)
                .configureTransactionManager(c -> transactions)
                .configureCorrelationDataProviders(c -> List.of())
                .configureEventStore(c -> EmbeddedEventStore.builder()
                        .storageEngine(LedgerEventStorageEngine.over(parts, events))
                        .cachedEvents(CACHED_EVENTS)
                        .build())
                .registerComponent(TokenStore.class, c -> tokens(transactions, jackson))
                .configureAggregate(aggregate(locks));
    }

    private static AggregateConfigurer<DomainAggregate> aggregate(LockFactory locks) {
        return AggregateConfigurer.defaultConfiguration(DomainAggregate.class)
                .configureAggregateFactory(c -> new DomainAggregateFactory())
                .configureCreationPolicyAggregateFactory(c -> DomainAggregateFactory::unknown)
                .configureCommandTargetResolver(c -> Wiring::target)
                .configureLockFactory(c -> locks)
                .configureCache(c -> new WeakReferenceCache());
    }

    private static VersionedAggregateIdentifier target(CommandMessage<?> command) {
        DomainCommand payload = (DomainCommand) command.getPayload();
        return new VersionedAggregateIdentifier((Object) payload.stream().value(), null);
    }

    private static TokenStore tokens(AxonTransactions transactions, Serializer serializer) {
        JdbcTokenStore.Builder builder = JdbcTokenStore.builder()
                .connectionProvider(transactions)
                .serializer(serializer)
                .schema(TOKENS)
                .contentType(byte[].class)
                .nodeId(NODE);
        return new JdbcTokenStore(builder) {
            // Nobody else can claim a token of ours, and each claim would be a sync of the disk.
            @Override
            public void extendClaim(String processor, int segment) {}
        };
    }
}
