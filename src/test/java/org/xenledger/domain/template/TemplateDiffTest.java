// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xenledger.domain.template.Trees.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateDiffTest {
    private static final int TRIES = 500;
    private static final String DISK_A = "{\"vdev\":\"xvda\",\"pdev_path\":\"/dev/vg/a\"}";
    private static final String DISK_B = "{\"vdev\":\"xvdb\",\"pdev_path\":\"/dev/vg/b\"}";
    private static final String DISK_C = "{\"vdev\":\"xvdc\",\"pdev_path\":\"/dev/vg/c\"}";

    @Provide
    Arbitrary<ObjectNode> objects() {
        return Trees.objects();
    }

    @Provide
    Arbitrary<JsonNode> trees() {
        return Trees.trees();
    }

    @Property(tries = TRIES)
    void theEditsLeadFromATreeToAMutationOfIt(
            @ForAll("objects") ObjectNode before, @ForAll("trees") JsonNode fresh, @ForAll long seed) {
        assertEditsLead(before, Trees.mutated(before, fresh, seed));
        assertEditsLead(Trees.mutated(before, fresh, seed), before);
    }

    @Property(tries = TRIES)
    void theEditsLeadFromAnyTreeToAnyOther(@ForAll("objects") ObjectNode before, @ForAll("objects") ObjectNode after) {
        assertEditsLead(before, after);
    }

    @Property(tries = TRIES)
    void equalTreesNeedNoEdits(@ForAll("objects") ObjectNode tree) {
        assertThat(TemplateDiff.between(tree, tree.deepCopy())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'b':1,'c':2} | {'a':0,'b':1,'c':2} | /a  | 0",
                "{'a':1,'c':2} | {'a':1,'b':0,'c':2} | /b  | 1",
                "{'a':1,'b':2} | {'a':1,'b':2,'c':0} | /c  | 2",
                "{}            | {'a/b':0}           | /a~1b | 0",
                "{}            | {'m~n':0}           | /m~0n | 0",
                "{}            | {'~1':0}            | /~01 | 0",
                "{}            | {'':0}              | /    | 0",
            })
    void aNewKeyIsOneInsertAtItsPlace(String before, String after, String path, int position) {
        assertThat(diff(before, after)).containsExactly(TemplateEdit.insert(path, position, LosslessJson.number(0)));
        assertEditsLead(object(json(before)), object(json(after)));
    }

    @Test
    void keysInAnotherOrderAreAReplacementOfTheirObject() {
        assertThat(diff("{'x':{'a':1,'b':2}}", "{'x':{'b':2,'a':1}}"))
                .containsExactly(
                        TemplateEdit.replace("/x", object(json("{'a':1,'b':2}")), object(json("{'b':2,'a':1}"))));
        assertEditsLead(object(json("{'a':1,'b':2}")), object(json("{'b':2,'a':1}")));
    }

    @Test
    void anotherFormOfANumberIsAReplacement() {
        assertThat(diff("{'a':1.5}", "{'a':1.50}"))
                .singleElement()
                .extracting(TemplateEdit::op, TemplateEdit::path)
                .containsExactly(TemplateEdit.Op.REPLACE, "/a");
    }

    @Test
    void aDeviceAddedAtTheEndOfDisksIsOneInsert() {
        assertThat(diff(disks(DISK_A, DISK_B), disks(DISK_A, DISK_B, DISK_C)))
                .containsExactly(TemplateEdit.insert("/disks/2", 0, object(DISK_C)));
    }

    @Test
    void aDeviceTakenFromTheMiddleOfDisksIsOneRemoval() {
        assertThat(diff(disks(DISK_A, DISK_B, DISK_C), disks(DISK_A, DISK_C)))
                .containsExactly(TemplateEdit.remove("/disks/1", object(DISK_B)));
    }

    @Test
    void aChangeWithinADeviceIsOneEditOfThatField() {
        assertThat(diff(disks(DISK_A, DISK_B), disks(DISK_A, DISK_B.replace("/dev/vg/b", "/dev/vg/z"))))
                .singleElement()
                .extracting(TemplateEdit::op, TemplateEdit::path)
                .containsExactly(TemplateEdit.Op.REPLACE, "/disks/1/pdev_path");
    }

    @Test
    void aThousandEditsAreOneReplacementOfAll() {
        ObjectNode before = object("{\"a\":[" + "1,".repeat(1000) + "0]}");
        ObjectNode after = object("{\"a\":[" + "2,".repeat(1000) + "0]}");
        assertThat(TemplateDiff.between(before, after)).containsExactly(TemplateEdit.replace("", before, after));
        assertEditsLead(before, after);
    }

    private static void assertEditsLead(ObjectNode before, ObjectNode after) {
        String printedBefore = LibxlStyle.print(before);
        String printedAfter = LibxlStyle.print(after);
        ObjectNode result = TemplatePatch.apply(before, TemplateDiff.between(before, after));
        assertThat(LibxlStyle.print(result)).isEqualTo(printedAfter);
        assertThat(LibxlStyle.print(before)).isEqualTo(printedBefore);
        assertThat(LibxlStyle.print(after)).isEqualTo(printedAfter);
    }

    private static List<TemplateEdit> diff(String before, String after) {
        return TemplateDiff.between(object(json(before)), object(json(after)));
    }

    private static String disks(String... disks) {
        return "{\"disks\":[" + String.join(",", disks) + "],\"on_crash\":\"restart\"}";
    }

    private static String json(String quotedLightly) {
        return quotedLightly.replace('\'', '"');
    }
}
