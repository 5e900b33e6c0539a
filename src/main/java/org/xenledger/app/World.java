// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.xenledger.domain.HostIdentity;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.state.DomainState;
import org.xenledger.domain.template.Secrets;
import org.xenledger.domain.view.LiveView;
import org.xenledger.domain.view.SeenDevice;
import org.xenledger.domain.view.TemplateFile;
import org.xenledger.domain.view.TemplateView;
import org.xenledger.reconcile.HostView;
import org.xenledger.reconcile.Identification;
import org.xenledger.toolstack.userdata.UserdataDirectory;
import org.xenledger.xenstore.LiveViews;
import org.xenledger.xenstore.XenstoreTree;

/**
 * The two views that libxl keeps, read together. Xenstore goes first: libxl writes the file of a hot-added device before
 * its nodes, so that in this order an add under way never looks like a device that libxl-json lacks.
 */
public final class World {
    private final Supplier<XenstoreTree> xenstore;
    private final UserdataDirectory userdata;
    private final HostIdentity host;

    public World(Supplier<XenstoreTree> xenstore, UserdataDirectory userdata, HostIdentity host) {
        this.xenstore = xenstore;
        this.userdata = userdata;
        this.host = host;
    }

    /** One look, without secrets; {@code known} tells who had a domid before. */
    public HostView look(Secrets secrets, Collection<DomainState> known) {
        XenstoreTree tree = xenstore.get();
        LiveViews live = LiveViews.of(tree);
        List<TemplateFile> files =
                userdata.read().stream().map(file -> masked(file, secrets)).toList();
        List<LiveView> lives =
                live.domains().stream().map(view -> masked(view, secrets)).toList();
        return new Identification(host, new LedgerLives(host, known)).identify(lives, files, live.store());
    }

    /** The configuration as the file has it, secrets and all. */
    public List<TemplateFile> templatesWithSecrets() {
        return userdata.read();
    }

    private static TemplateFile masked(TemplateFile file, Secrets secrets) {
        if (file.content() instanceof TemplateView.Present present) {
            ObjectNode tree = secrets.mask(present.tree());
            return new TemplateFile(file.domid(), file.uuid(), new TemplateView.Present(tree));
        }
        return file;
    }

    private static LiveView masked(LiveView view, Secrets secrets) {
        SortedMap<DeviceKey, SeenDevice> devices = new TreeMap<>(view.devices());
        devices.replaceAll((key, device) -> device.withAttributes(secrets.mask(device.attributes())));
        return view.withDevices(devices);
    }
}
