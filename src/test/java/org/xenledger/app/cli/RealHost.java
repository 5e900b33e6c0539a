// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.xenledger.xenstore.RealXenstored;
import org.xenledger.xenstore.RealXenstored.Daemon;
import org.xenledger.xenstore.client.XenstoreClient;

/** A host with a real daemon, on which guests are written as libxl writes them: each with a disk that works. */
final class RealHost implements AutoCloseable {
    private final Path userdata;
    private RealXenstored daemon;
    private XenstoreClient client;

    RealHost(Daemon kind, Path userdata) throws IOException {
        this.userdata = Files.createDirectories(userdata);
        start(kind);
    }

    private void start(Daemon kind) {
        daemon = RealXenstored.start(kind);
        client = XenstoreClient.open(daemon.socket());
    }

    /** The daemon dies and another one starts, with an empty store. */
    void restart(Daemon kind) {
        close();
        start(kind);
    }

    /** What xen-init-dom0 writes. */
    void initDomain0() throws IOException {
        client.write("/local/domain/0/name", "Domain-0");
        client.write("/local/domain/0/domid", "0");
        Files.writeString(
                userdata.resolve("userdata-d.0.00000000-0000-0000-0000-000000000000.libxl-json"),
                "{\"c_info\":{\"type\":\"pv\",\"name\":\"Domain-0\"},\"b_info\":{}}\0");
    }

    void create(int domid) throws IOException {
        daemon.introduce(domid, client);
        String home = "/local/domain/" + domid;
        client.write(home + "/vm", "/vm/" + uuid(domid));
        client.write(home + "/name", "guest" + domid);
        client.write("/vm/" + uuid(domid) + "/start_time", "1795300000." + domid);
        String backend = "/local/domain/0/backend/vbd/" + domid + "/51712";
        String frontend = home + "/device/vbd/51712";
        String libxl = "/libxl/" + domid + "/device/vbd/51712";
        client.write(libxl + "/frontend", frontend);
        client.write(libxl + "/backend", backend);
        client.write(libxl + "/params", "/dev/vg/" + domid);
        client.write(frontend + "/backend", backend);
        client.write(frontend + "/state", "4");
        client.write(backend + "/frontend", frontend);
        client.write(backend + "/online", "1");
        client.write(backend + "/hotplug-status", "connected");
        client.write(backend + "/state", "4");
        Files.writeString(
                file(domid),
                "{\"c_info\":{\"type\":\"pvh\",\"name\":\"guest%1$d\",\"uuid\":\"%2$s\"},\"b_info\":{},"
                                .formatted(domid, uuid(domid))
                        + "\"disks\":[{\"pdev_path\":\"/dev/vg/%d\",\"vdev\":\"xvda\"}]}\0".formatted(domid));
    }

    /** What a destroy leaves: nothing in any view. */
    void destroy(int domid) throws IOException {
        removeFromXenstore(domid);
        Files.delete(file(domid));
        daemon.destroy(domid);
    }

    /** What a destroy that died half way leaves: the file. */
    void removeFromXenstore(int domid) {
        client.remove("/local/domain/0/backend/vbd/" + domid);
        client.remove("/local/domain/" + domid);
        client.remove("/libxl/" + domid);
        client.remove("/vm/" + uuid(domid));
    }

    XenstoreClient client() {
        return client;
    }

    Path socket() {
        return daemon.socket();
    }

    static String uuid(int domid) {
        return "5814e8a6-6120-43fd-bb68-%012d".formatted(domid);
    }

    Path file(int domid) {
        return userdata.resolve("userdata-d.%d.%s.libxl-json".formatted(domid, uuid(domid)));
    }

    /** A command that looks at this host. */
    Cli.Result run(Cli cli, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--xenstore", socket().toString(), "--userdata", userdata.toString()));
        return cli.run(all.toArray(String[]::new));
    }

    @Override
    public void close() {
        client.close();
        daemon.close();
    }
}
