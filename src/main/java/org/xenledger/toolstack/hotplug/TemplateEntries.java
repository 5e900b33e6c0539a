// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.hotplug;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.xenledger.domain.operation.EffectException;
import org.xenledger.domain.operation.Target;
import org.xenledger.domain.template.DeviceEntries;
import org.xenledger.domain.view.TemplateView;
import org.xenledger.toolstack.userdata.DomainFiles;
import org.xenledger.toolstack.userdata.DomainGoneException;
import org.xenledger.toolstack.userdata.DomainLock;
import org.xenledger.toolstack.userdata.UserdataDirectory;
import org.xenledger.toolstack.userdata.UserdataException;
import org.xenledger.xenstore.client.XenstoreClient;

/** The entry of a device in libxl-json, changed under libxl's lock. */
final class TemplateEntries {
    /** What is done while the lock is held. */
    interface Section {
        void with(DomainLock lock);
    }

    private final XenstoreClient xenstore;
    private final Path userdata;
    private final Duration patience;

    TemplateEntries(XenstoreClient xenstore, Path userdata, Duration patience) {
        this.xenstore = xenstore;
        this.userdata = userdata;
        this.patience = patience;
    }

    /** Does something under the lock of a domain that is still the same life. */
    void locked(Target target, Section section) throws InterruptedException {
        try {
            hold(target, section);
        } catch (UserdataException e) {
            throw new EffectException(e.getMessage(), e);
        }
    }

    /** The same where nothing is left to do for a life that has ended. */
    void lockedUnlessGone(Target target, Section section) throws InterruptedException {
        try {
            hold(target, section);
        } catch (DomainGoneException e) { // and its libxl-json with it, which is what was wanted
        } catch (UserdataException e) {
            throw new EffectException(e.getMessage(), e);
        }
    }

    private void hold(Target target, Section section) throws InterruptedException {
        DomainFiles files =
                new DomainFiles(userdata, target.life().domid(), target.domain().value());
        try (DomainLock lock = DomainLock.acquire(files, patience, () -> Premises.isSameLife(xenstore, target))) {
            section.with(lock);
        }
    }

    /** Whether there is an entry of the device; read without the lock, which xl may hold. */
    boolean has(Target target) {
        DomainFiles files =
                new DomainFiles(userdata, target.life().domid(), target.domain().value());
        return UserdataDirectory.templateOf(files) instanceof TemplateView.Present present
                && !DeviceEntries.of(present.tree(), target.device()).isEmpty();
    }

    /** Makes the device's entries these, where they are not so already. */
    static void set(DomainLock lock, Target target, List<ObjectNode> entries) {
        ObjectNode before = lock.read();
        ObjectNode after = DeviceEntries.with(before, target.device(), entries);
        if (!after.equals(before)) {
            lock.write(after);
        }
    }
}
