// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Reads the text of {@code xenstore-ls}, with and without {@code -f} and {@code -p}, of the root or of a subtree. The
 * form is recognised by its first line.
 *
 * <p>Without {@code -f}, xenstore-ls cuts values and names to the terminal's width, which is 80 where there is none;
 * those are {@link Gap}s, as is what exceeds the limits. Text that xenstore-ls does not print is a
 * {@link XenstoreFormatException}.
 */
public final class DumpReader {
    /** The longest dump; a value's byte takes up to four. */
    public static final long MAX_BYTES = 1L << 29;

    /** The longest line: a path and a value of 4096 escaped bytes are 19 KiB. */
    public static final int MAX_LINE = 1 << 16;

    private static final String CUT = "\\...";

    /** Where xenstore-ls cuts a name off when it prints into a file: 80 less the room for {@code = "..."}. */
    private static final int NAME_END = 72;

    private final ReadLimits limits;

    public DumpReader(ReadLimits limits) {
        this.limits = limits;
    }

    /** The tree of a dump; one without {@code -f} must be of the root. */
    public XenstoreTree read(InputStream dump) throws IOException {
        return read(dump, "/");
    }

    /**
     * The tree of a dump of a subtree.
     *
     * @param base the path that xenstore-ls was given; with {@code -f} the dump says it itself
     */
    public XenstoreTree read(InputStream dump, String base) throws IOException {
        DumpLines lines = new DumpLines(dump);
        String text = lines.next();
        if (text == null) {
            throw new XenstoreFormatException("the xenstore dump holds no xenstore nodes");
        }
        boolean fullPaths = text.startsWith("/");
        DumpTree tree = new DumpTree(fullPaths ? Optional.empty() : Optional.of(base), new Budget(limits), lines);
        for (; text != null; text = lines.next()) {
            DumpLine line = DumpLine.parse(text)
                    .orElseThrow(
                            () -> lines.error("is not what xenstore-ls prints: give the output of xenstore-ls -fp"));
            MutableNode node = fullPaths ? tree.addPath(line.head()) : tree.addIndented(line.head());
            node.permissions = line.permissions();
            if (line.value().isEmpty()) {
                takeUnreadable(node, lines);
            } else {
                boolean cut = !fullPaths && line.value().get().endsWith(CUT);
                takeValue(node, line.value().get(), cut, tree, lines);
            }
            if (!fullPaths && line.head().length() == NAME_END) {
                node.gap = Gap.Reason.CUT;
            }
        }
        return tree.finish();
    }

    /** Instead of a value, such a node has a line of its own for its permissions, or an empty one. */
    private static void takeUnreadable(MutableNode node, DumpLines lines) throws IOException {
        String text = lines.next();
        node.permissions = text == null ? Optional.empty() : DumpLine.permissions(text);
        if (text == null || (!text.isEmpty() && node.permissions.isEmpty())) {
            throw lines.error("should be empty, after a node without a value");
        }
        node.value = "";
        node.gap = Gap.Reason.UNREADABLE;
    }

    private static void takeValue(MutableNode node, String escaped, boolean cut, DumpTree tree, DumpLines lines) {
        Optional<String> value =
                cut ? Escapes.undoCut(escaped.substring(0, escaped.length() - CUT.length())) : Escapes.undo(escaped);
        tree.takeValue(node, value.orElseThrow(() -> lines.error("holds an escape that xenstore-ls never prints")));
        if (cut) {
            node.gap = Gap.Reason.CUT;
        }
    }
}
