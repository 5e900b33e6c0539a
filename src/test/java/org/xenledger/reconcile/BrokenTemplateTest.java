// SPDX-License-Identifier: Apache-2.0
package org.xenledger.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xenledger.domain.view.Views.CONNECTED;
import static org.xenledger.domain.view.Views.TEMPLATE;
import static org.xenledger.domain.view.Views.liveView;
import static org.xenledger.domain.view.Views.nic;
import static org.xenledger.domain.view.Views.secondDisk;
import static org.xenledger.domain.view.Views.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.xenledger.domain.view.LiveView;

class BrokenTemplateTest {
    /** A template in which anything may be anything is merged all the same, and is not changed by it. */
    @Property(tries = 1000)
    void wrongTypesInLibxlJsonNeverThrow(@ForAll long seed) {
        Random random = new Random(seed);
        ObjectNode tree = Merges.withDisks(Merges.XVDA, "{\"vdev\":\"xvdb\",\"backend\":\"standalone\"}");
        tree.setAll(TEMPLATE.deepCopy());
        tree.set("pcidevs", template("{\"a\":[{\"dev\":31,\"func\":2}]}").get("a"));
        tree.set("vtpms", template("{\"a\":[{\"devid\":0}]}").get("a"));
        for (int i = random.nextInt(4); i >= 0; i--) {
            breakSomething(tree, random);
        }
        ObjectNode before = tree.deepCopy();
        LiveView live = liveView(secondDisk(CONNECTED), nic(CONNECTED), Merges.drive(""));
        ObjectNode merged = Merges.merged(live, tree);
        assertThat(tree).isEqualTo(before);
        assertThat(merged.get("disks")).hasSize(2);
        assertThat(merged.get("nics")).hasSize(1);
    }

    private static void breakSomething(ObjectNode tree, Random random) {
        List<JsonNode> containers = new ArrayList<>(List.of(tree));
        for (int i = 0; i < containers.size(); i++) {
            containers.get(i).forEach(child -> {
                if (child.isContainerNode()) {
                    containers.add(child);
                }
            });
        }
        JsonNode chosen = containers.get(random.nextInt(containers.size()));
        List<JsonNode> odd = new ArrayList<>();
        template("{\"a\":[null,true,\"\",\"x\",-1,1e400,99999999999999999999,0.5,[],{},[[]],[null],4294967296]}")
                .get("a")
                .forEach(odd::add);
        JsonNode value = odd.get(random.nextInt(odd.size())).deepCopy();
        if (chosen instanceof ObjectNode object && !object.isEmpty()) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            object.set(names.get(random.nextInt(names.size())), value);
        } else if (chosen instanceof ArrayNode array && !array.isEmpty()) {
            array.set(random.nextInt(array.size()), value);
        }
    }
}
