// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.userdata;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xenledger.domain.view.TemplateFile;
import org.xenledger.domain.view.TemplateView;

/**
 * The directory in which libxl keeps its files about domains, {@code /var/lib/xen} (libxl__userdata_path, libxl_dom.c).
 * Reading takes no lock: libxl replaces a file by renaming, so a reader sees the old one or the new one.
 */
public final class UserdataDirectory {
    private static final Pattern NAME = Pattern.compile(
            "userdata-d\\.(\\d{1,5})\\.([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\\.libxl-json");

    private final Path directory;

    public UserdataDirectory(Path directory) {
        this.directory = directory;
    }

    /** The libxl-json of one domain, as it is now. */
    public static TemplateView templateOf(DomainFiles files) {
        return Files.exists(files.data()) ? LibxlJsonFile.read(files.data()) : new TemplateView.None();
    }

    /**
     * All libxl-json files by domid and uuid. A file that cannot be read is in the list, and says why.
     *
     * @throws UserdataException when the directory itself cannot be listed
     */
    public List<TemplateFile> read() {
        List<TemplateFile> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, "userdata-d.*.libxl-json")) {
            for (Path entry : entries) {
                Matcher name = NAME.matcher(entry.getFileName().toString());
                if (name.matches()) {
                    int domid = Integer.parseInt(name.group(1));
                    String uuid = name.group(2).toLowerCase(Locale.ROOT);
                    files.add(new TemplateFile(domid, uuid, LibxlJsonFile.read(entry)));
                }
            }
        } catch (IOException e) {
            throw new UserdataException(
                    "cannot list libxl's files in " + directory + ": give their directory with --userdata", e);
        }
        files.sort(Comparator.comparingInt(TemplateFile::domid).thenComparing(TemplateFile::uuid));
        return List.copyOf(files);
    }
}
