// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.xenledger.xenstore.client.XenstoreClient;

/** Against the same part of a snapshot of the whole host. */
@ParameterizedClass(name = "{0}")
@EnumSource(DaemonKind.class)
class DomainSnapshotTest {
    private static final String VM = "/vm/3fae1c1e-5d0b-4f0c-9a60-1b2c3d4e5f6";
    private static final List<String> OF_DOMAIN_2 = List.of(
            "/libxl/2",
            "/local/domain/2",
            VM + "2",
            "/local/domain/0/backend/vbd/2",
            "/local/domain/0/backend/vif/2",
            "/local/domain/3/backend/vbd/2");

    @Parameter
    DaemonKind kind;

    private DaemonUnderTest daemon;
    private XenstoreClient client;
    private XenstoreClient other;

    @BeforeEach
    void start() {
        daemon = kind.start();
        client = XenstoreClient.open(daemon.socket());
        other = XenstoreClient.open(daemon.socket());
        for (int domid = 1; domid <= 3; domid++) {
            fill(domid);
        }
        backend(2, "vbd", 51728, 3);
    }

    @AfterEach
    void stop() {
        if (daemon != null) {
            client.close();
            other.close();
            daemon.close();
        }
    }

    private void fill(int domid) {
        other.write("/local/domain/" + domid + "/vm", VM + domid);
        other.write("/local/domain/" + domid + "/name", "guest" + domid);
        other.write(VM + domid + "/start_time", "1");
        backend(domid, "vbd", 51712, 0);
        backend(domid, "vif", 0, 0);
    }

    private void backend(int domid, String kindOfBackend, int id, int backendDomid) {
        String backend = "/local/domain/" + backendDomid + "/backend/" + kindOfBackend + "/" + domid + "/" + id;
        other.write("/libxl/" + domid + "/device/" + kindOfBackend + "/" + id + "/backend", backend);
        other.write(backend + "/state", "4");
    }

    @Test
    void itIsThatPartOfTheWholeHostAndNothingElse() {
        XenstoreTree host = new Snapshot(Snapshot.DOMAIN_ROOTS, ReadLimits.DEFAULT, true).read(client);
        XenstoreTree domain = new DomainSnapshot(2, ReadLimits.DEFAULT, true).read(client);
        assertThat(domain.gaps()).isEmpty();
        for (String path : OF_DOMAIN_2) {
            assertThat(domain.find(path)).as(path).isPresent().isEqualTo(host.find(path));
        }
        assertThat(domain.children("/libxl")).hasSize(1);
        assertThat(domain.children("/vm")).hasSize(1);
        assertThat(domain.children("/local/domain/0/backend/vbd")).hasSize(1);
        assertThat(LiveViews.of(domain).domains())
                .filteredOn(view -> view.domid() == 2)
                .isEqualTo(LiveViews.of(host).domains().stream()
                        .filter(view -> view.domid() == 2)
                        .toList());
        assertThat(new DomainSnapshot(7, ReadLimits.DEFAULT, false).read(client).children("/libxl"))
                .isEmpty();
    }

    @Test
    void aGuestsPathsLeadNowhereElse() {
        other.write("/libxl/2/device/vbd/51744/backend", "/local/domain/0/backend/vbd/1/51712");
        other.write("/libxl/2/device/vbd/51760/backend", "/local/domain/1");
        other.write("/local/domain/2/vm", "/vm");
        XenstoreTree domain = new DomainSnapshot(2, ReadLimits.DEFAULT, false).read(client);
        assertThat(domain.find("/local/domain/0/backend/vbd/1")).isEmpty();
        assertThat(domain.find("/local/domain/1")).isEmpty();
        assertThat(domain.find("/vm")).isEmpty();
    }

    @Test
    void whatExceedsTheLimitsIsAGap() {
        for (int i = 0; i < 50; i++) {
            other.write("/libxl/2/device/vbd/51712/n" + i, "");
        }
        XenstoreTree domain = new DomainSnapshot(
                        2, new ReadLimits(1000, 1 << 20, 20, 40, Duration.ofSeconds(20)), false)
                .read(client);
        assertThat(domain.gaps()).containsExactly(new Gap("/libxl/2/device/vbd/51712", Gap.Reason.CHILDREN));
    }

    /** Both nodes change in one transaction: no moment has them apart. */
    @Test
    void itIsOfOneMoment() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        Thread writer = new Thread(() -> {
            for (int i = 0; !stop.get(); i++) {
                String value = Integer.toString(i);
                other.transaction(transaction -> {
                    transaction.write("/libxl/2/device/vbd/51712/x", value);
                    transaction.write("/local/domain/3/backend/vbd/2/51728/x", value);
                    return null;
                });
            }
        });
        writer.start();
        try {
            int whole = 0;
            for (int i = 0; i < 40; i++) {
                XenstoreTree domain = new DomainSnapshot(2, ReadLimits.DEFAULT, false).read(client);
                if (domain.whole()) {
                    whole++;
                    assertThat(domain.value("/libxl/2/device/vbd/51712/x"))
                            .isEqualTo(domain.value("/local/domain/3/backend/vbd/2/51728/x"));
                }
            }
            assertThat(whole).isPositive();
        } finally {
            stop.set(true);
            writer.join();
        }
    }
}
