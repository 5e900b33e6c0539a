// SPDX-License-Identifier: Apache-2.0
package org.xenledger.reconcile;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.xenledger.domain.Knobs;
import org.xenledger.domain.state.IncarnationState;
import org.xenledger.domain.template.Configuration;
import org.xenledger.domain.template.LosslessJson;

/**
 * The configuration of a domain as it is now: libxl-json with what xenstore knows better. It is what
 * libxl_retrieve_domain_configuration (libxl_domain.c) gives, and {@code xl list -l} prints, without its gaps: a device
 * that only xenstore has is in it, one broken entry does not hide the others of its kind.
 *
 * @param tree in the shape of libxl_domain_config
 * @param sources where each value that is not simply libxl-json's comes from, in words
 */
public record MergedConfiguration(ObjectNode tree, List<Source> sources) {
    /**
     * Why a value is what it is.
     *
     * @param path a JSON pointer into the configuration
     */
    public record Source(String path, String why) {}

    private static final int HVM_FUDGE_KIB = 1024;

    /** The merged configuration of one life, from its state in the ledger. */
    public static MergedConfiguration of(IncarnationState life) {
        List<Source> sources = new ArrayList<>();
        ObjectNode tree = life.template() == null
                ? JsonNodeFactory.instance.objectNode()
                : life.template().deepCopy();
        if (life.template() == null) {
            sources.add(new Source("", "no libxl-json was ever seen: only what xenstore shows"));
        } else if (life.templateLost() != null) {
            sources.add(new Source("", "libxl-json as last read; now " + life.templateLost()));
        }
        if (life.name() == null) {
            sources.add(new Source("", "xenstore has no name of it: libxl-json as it is"));
            return new MergedConfiguration(tree, List.copyOf(sources));
        }
        knobs(tree, life, sources);
        new DeviceMerge(tree, life, sources).merge();
        sources.add(new Source("/b_info/sched_params", "only the hypervisor knows it; here as libxl-json has it"));
        return new MergedConfiguration(tree, List.copyOf(sources));
    }

    private static void knobs(ObjectNode tree, IncarnationState life, List<Source> sources) {
        Configuration template = new Configuration(tree.deepCopy());
        Knobs knobs = life.knobs();
        section(tree, "c_info").put("name", life.name());
        sources.add(new Source("/c_info/name", "~/name"));
        if (knobs.onlineVcpus() != null) {
            vcpus(tree, template, knobs, sources);
        }
        if (knobs.memoryTargetKib() != null) {
            long fudge = fudge(template);
            section(tree, "b_info").set("target_memkb", LosslessJson.number(knobs.memoryTargetKib() + fudge));
            sources.add(new Source(
                    "/b_info/target_memkb",
                    fudge == 0 ? "~/memory/target" : "~/memory/target and " + fudge + " KiB of video memory"));
        }
        if (knobs.staticMaxKib() != null) {
            section(tree, "b_info").set("max_memkb", LosslessJson.number(knobs.staticMaxKib()));
            sources.add(new Source("/b_info/max_memkb", "~/memory/static-max"));
        }
    }

    private static void vcpus(ObjectNode tree, Configuration template, Knobs knobs, List<Source> sources) {
        if (template.type().equals("hvm")) {
            sources.add(new Source("/b_info/avail_vcpus", "only the device model knows it; here as libxl-json has it"));
            return;
        }
        long most = template.buildNumber("max_vcpus").orElse(Long.MAX_VALUE);
        var online = section(tree, "b_info").putArray("avail_vcpus");
        knobs.onlineVcpus().stream().filter(vcpu -> vcpu < most).forEach(online::add);
        sources.add(new Source("/b_info/avail_vcpus", "~/cpu/<n>/availability"));
    }

    /** libxl__get_targetmem_fudge, libxl_internal.h: what the balloon target leaves out. */
    private static long fudge(Configuration template) {
        long video = Math.max(0, template.buildNumber("video_memkb").orElse(0));
        long max = template.buildNumber("max_memkb").orElse(0);
        long target = template.buildNumber("target_memkb").orElse(0);
        return video + (template.type().equals("hvm") && max > target ? HVM_FUDGE_KIB : 0);
    }

    private static ObjectNode section(ObjectNode tree, String name) {
        return tree.get(name) instanceof ObjectNode section ? section : tree.putObject(name);
    }
}
