// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.xenledger.domain.Knobs;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.device.LiveDevice;
import org.xenledger.domain.device.Online;
import org.xenledger.domain.device.ScriptStatus;
import org.xenledger.domain.device.XenbusState;
import org.xenledger.domain.state.DeviceState;
import org.xenledger.domain.state.IncarnationState;
import org.xenledger.domain.view.DomainView;
import org.xenledger.domain.view.LiveView;
import org.xenledger.domain.view.SeenDevice;
import org.xenledger.domain.view.TemplateView;
import org.xenledger.domain.view.Views;

/** What holds for any sequence of looks at one life. */
class ObserveLawsTest {
    @Property(tries = 400)
    void aLookThatWasRecordedTellsNothingNew(@ForAll("looks") List<DomainView> looks) {
        Looks ledger = new Looks();
        for (DomainView look : looks) {
            ledger.at(look);
            assertThat(ledger.at(look)).isEmpty();
        }
    }

    @Property(tries = 400)
    void whatIsFoldedIsWhatWasSeen(@ForAll("looks") List<DomainView> looks) {
        Looks ledger = new Looks();
        for (DomainView look : looks) {
            Map<DeviceKey, LiveDevice> before = liveIn(ledger);
            ledger.at(look);
            assertSeen(ledger.life(), look);
            assertThat(liveIn(ledger)).isEqualTo(expected(before, look.live()));
        }
    }

    @Property(tries = 200)
    void aLifeVanishesOnlyFromALookAtEverything(@ForAll("looks") List<DomainView> looks) {
        Looks ledger = new Looks();
        looks.forEach(ledger::at);
        ledger.at(Views.HOST, false);
        assertThat(ledger.life().running()).isTrue();
        ledger.at(Views.HOST, true);
        assertThat(ledger.life().running()).isFalse();
        ledger.at(looks.get(0));
        assertThat(ledger.life().running()).isTrue();
        assertThat(ledger.at(looks.get(0))).isEmpty();
    }

    /** A node that is missing says nothing. */
    private static <T> T keptWhereMissing(T seen, T known) {
        return seen == null ? known : seen;
    }

    private static void assertSeen(IncarnationState life, DomainView look) {
        assertThat(life.running()).isTrue();
        if (look.live().whole() && look.live().home()) {
            Knobs seen = look.live().knobs();
            assertThat(life.name()).isEqualTo(keptWhereMissing(look.live().name(), life.name()));
            assertThat(life.knobs().memoryTargetKib())
                    .isEqualTo(keptWhereMissing(
                            seen.memoryTargetKib(), life.knobs().memoryTargetKib()));
            assertThat(life.knobs().staticMaxKib())
                    .isEqualTo(
                            keptWhereMissing(seen.staticMaxKib(), life.knobs().staticMaxKib()));
            assertThat(life.knobs().onlineVcpus())
                    .isEqualTo(keptWhereMissing(seen.onlineVcpus(), life.knobs().onlineVcpus()));
        }
        if (look.template() instanceof TemplateView.Present present) {
            assertThat(life.template()).isEqualTo(present.tree());
            assertThat(life.templateLost()).isNull();
        } else if (look.template() instanceof TemplateView.Unreadable unreadable) {
            assertThat(life.templateLost()).isEqualTo(unreadable.reason());
        } else if (life.template() != null) {
            assertThat(life.templateLost()).isEqualTo("the file is gone");
        }
    }

    /** A device that cannot be read stays as it was, and so do all when the look does not know them. */
    private static Map<DeviceKey, LiveDevice> expected(Map<DeviceKey, LiveDevice> before, LiveView live) {
        if (!live.devicesKnown()) {
            return before;
        }
        Map<DeviceKey, LiveDevice> expected = new TreeMap<>(before);
        expected.keySet().retainAll(live.devices().keySet());
        live.devices().values().stream()
                .filter(SeenDevice::readable)
                .forEach(device -> expected.put(device.key(), device.live()));
        return expected;
    }

    private static Map<DeviceKey, LiveDevice> liveIn(Looks ledger) {
        Map<DeviceKey, LiveDevice> live = new TreeMap<>();
        SortedMap<DeviceKey, DeviceState> devices =
                ledger.state().version() == 0 ? new TreeMap<>() : ledger.life().devices();
        devices.forEach((key, device) -> {
            if (device.live() != null) {
                live.put(key, device.live());
            }
        });
        return live;
    }

    @Provide
    Arbitrary<List<DomainView>> looks() {
        return Combinators.combine(liveViews(), templates())
                .as(Views::domain)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    private static Arbitrary<LiveView> liveViews() {
        Arbitrary<Boolean> mostly = Arbitraries.of(true, true, true, true, false);
        return Combinators.combine(mostly, mostly, mostly, Arbitraries.of("guest1", "guest2"), knobs(), devices())
                .as((home, libxl, whole, name, knobs, devices) -> new LiveView(
                        Views.DOMID,
                        home,
                        libxl,
                        Views.UUID,
                        Views.START_TIME,
                        whole,
                        whole ? "" : Views.UNREAD,
                        home ? name : null,
                        home ? knobs : Knobs.UNKNOWN,
                        devices));
    }

    private static Arbitrary<Knobs> knobs() {
        return Combinators.combine(
                        Arbitraries.of(1L, 2L).injectNull(0.2),
                        Arbitraries.of(1L, 2L).injectNull(0.2),
                        Arbitraries.of(List.of(0), List.of(0, 1), List.<Integer>of())
                                .injectNull(0.2))
                .as(Knobs::new);
    }

    private static Arbitrary<TemplateView> templates() {
        return Arbitraries.of(
                new TemplateView.None(),
                new TemplateView.Unreadable("torn"),
                new TemplateView.Unreadable("denied"),
                new TemplateView.Present(Views.TEMPLATE),
                new TemplateView.Present(Views.template("{\"disks\":[]}")),
                new TemplateView.Present(Views.template("{}")));
    }

    private static Arbitrary<SortedMap<DeviceKey, SeenDevice>> devices() {
        return Combinators.combine(device(Views.disk(Views.WAITING)), device(Views.nic(Views.WAITING)))
                .as((disk, nic) -> {
                    List<SeenDevice> devices = new ArrayList<>(disk);
                    devices.addAll(nic);
                    return Views.devices(devices.toArray(SeenDevice[]::new));
                });
    }

    private static Arbitrary<List<SeenDevice>> device(SeenDevice device) {
        Arbitrary<Map<String, String>> attributes =
                Arbitraries.of(device.attributes(), Map.of("params", "other"), Map.of());
        return Combinators.combine(lives(), attributes, Arbitraries.of(true, true, true, false))
                .as((live, keys, readable) ->
                        new SeenDevice(device.key(), 0, device.backendKind(), readable, live, keys))
                .list()
                .ofMaxSize(1);
    }

    private static Arbitrary<LiveDevice> lives() {
        return Combinators.combine(
                        Arbitraries.of(XenbusState.class),
                        Arbitraries.of(XenbusState.class),
                        Arbitraries.of(Online.class),
                        Arbitraries.of(ScriptStatus.class))
                .as((front, back, online, script) -> new LiveDevice(true, true, front, back, online, script, ""));
    }
}
