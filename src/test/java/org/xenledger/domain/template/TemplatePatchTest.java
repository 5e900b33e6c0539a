// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.xenledger.domain.template.Trees.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TemplatePatchTest {
    private static final ObjectNode TREE = object("{\"name\":\"guest1\",\"disks\":[\"a\",\"b\"],\"c_info\":{\"x\":1}}");
    private static final JsonNode NEW = LosslessJson.parse("\"new\"");
    private static final JsonNode NAME = LosslessJson.parse("\"guest1\"");
    private static final JsonNode OTHER = LosslessJson.parse("\"other\"");

    @ParameterizedTest
    @MethodSource
    void anEditThatDoesNotFitIsRefused(TemplateEdit edit) {
        String before = LibxlStyle.print(TREE);
        assertThatIllegalStateException()
                .isThrownBy(() -> TemplatePatch.apply(TREE, List.of(edit)))
                .withMessageContaining(edit.path());
        assertThat(LibxlStyle.print(TREE)).isEqualTo(before);
    }

    static Stream<TemplateEdit> anEditThatDoesNotFitIsRefused() {
        return Stream.of(
                TemplateEdit.replace("/name", OTHER, NEW),
                TemplateEdit.replace("/absent", NAME, NEW),
                TemplateEdit.replace("/disks/2", OTHER, NEW),
                TemplateEdit.remove("/name", OTHER),
                TemplateEdit.remove("/absent", NAME),
                TemplateEdit.remove("/disks/0", OTHER),
                TemplateEdit.remove("/disks/x", OTHER),
                TemplateEdit.replace("", object("{}"), object("{\"a\":1}")),
                TemplateEdit.replace("", TREE, NEW),
                TemplateEdit.remove("", TREE),
                TemplateEdit.insert("", 0, object("{}")),
                TemplateEdit.insert("/name", 0, NEW),
                TemplateEdit.insert("/name", 2, NEW),
                TemplateEdit.insert("/fresh", 4, NEW),
                TemplateEdit.insert("/fresh", -1, NEW),
                TemplateEdit.insert("/disks/3", 0, NEW),
                TemplateEdit.insert("/disks/x", 0, NEW),
                TemplateEdit.insert("/disks/-", 0, NEW),
                TemplateEdit.insert("/absent/x", 0, NEW),
                TemplateEdit.insert("/name/x", 0, NEW),
                TemplateEdit.replace("name", NAME, NEW));
    }

    @Test
    void anEditOfTheRootReplacesTheTree() {
        ObjectNode after = object("{\"a\":1}");
        assertThat(TemplatePatch.apply(TREE, List.of(TemplateEdit.replace("", TREE, after))))
                .isEqualTo(after)
                .isNotSameAs(after);
    }

    @Test
    void editsAreAppliedInOrder() {
        ObjectNode result = TemplatePatch.apply(
                TREE,
                List.of(
                        TemplateEdit.remove("/disks/0", LosslessJson.parse("\"a\"")),
                        TemplateEdit.insert("/disks/1", 0, NEW),
                        TemplateEdit.insert("/first", 0, NEW)));
        assertThat(result)
                .hasToString("{\"first\":\"new\",\"name\":\"guest1\",\"disks\":[\"b\",\"new\"],\"c_info\":{\"x\":1}}");
    }

    @Test
    void theResultSharesNothingWithTheEdit() {
        ObjectNode inserted = object("{\"vdev\":\"xvdb\"}");
        ObjectNode result = TemplatePatch.apply(TREE, List.of(TemplateEdit.insert("/disks/2", 0, inserted)));
        ((ObjectNode) result.at("/disks/2")).put("vdev", "changed");
        assertThat(inserted).isEqualTo(object("{\"vdev\":\"xvdb\"}"));
    }
}
