// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** How changes of parameter groups reach the instances that use them. */
final class GroupChanges {
    private GroupChanges() {}

    static void attach(ApiInstance instance, ParameterGroup group) {
        instance.parameters().attach(group, waits(instance.region().world(), group));
        instance.stage("modifying");
        apply(instance, instance.parameters(), dynamic(group));
        instance.stage(ApiInstance.AVAILABLE);
    }

    static void attach(ApiCluster cluster, ParameterGroup group) {
        cluster.groupName(group.name());
        for (ApiInstance member : cluster.members()) {
            member.clusterParameters().ifPresent(applied -> {
                applied.attach(group, waits(cluster.region().world(), group));
                apply(member, applied, dynamic(group));
            });
        }
        cluster.stage("modifying").stage(ApiInstance.AVAILABLE);
    }

    private static boolean waits(World world, ParameterGroup group) {
        boolean holdsStatic = group.userValues().keySet().stream()
                .anyMatch(name -> !group.family().get(name).dynamic());
        return holdsStatic || !world.is(Unsure.ATTACHED_GROUP_WITHOUT_STATIC_PARAMETERS_IS_IN_SYNC);
    }

    private static Map<String, String> dynamic(ParameterGroup group) {
        Map<String, String> values = new LinkedHashMap<>(group.userValues());
        values.keySet().removeIf(name -> !group.family().get(name).dynamic());
        return values;
    }

    /** Tells all who use a group of what was changed in it. */
    static void changed(World world, ParameterGroup group, Map<String, String> now, boolean later) {
        users(world, group).forEach(user -> {
            AppliedGroup applied = user.applied();
            if (later) {
                applied.waitForReboot();
            }
            if (!now.isEmpty()) {
                apply(user.instance(), applied, now);
            }
        });
    }

    static boolean isUsed(World world, ParameterGroup group) {
        boolean byCluster = group.kind() == GroupKind.CLUSTER
                && world.allClusters().stream()
                        .anyMatch(one -> one.region().groups(GroupKind.CLUSTER).get(one.groupName()) == group);
        return byCluster || users(world, group).findAny().isPresent();
    }

    private record User(ApiInstance instance, AppliedGroup applied) {}

    private static Stream<User> users(World world, ParameterGroup group) {
        Function<ApiInstance, Optional<AppliedGroup>> part = group.kind() == GroupKind.INSTANCE
                ? one -> Optional.of(one.parameters())
                : ApiInstance::clusterParameters;
        List<ApiInstance> all = world.allInstances();
        return all.stream()
                .flatMap(one -> part.apply(one).map(applied -> new User(one, applied)).stream())
                .filter(user -> user.instance()
                                .region()
                                .groups(group.kind())
                                .get(user.applied().group())
                        == group);
    }

    /** The server gets them, if it is this instance that it works for. */
    private static void apply(ApiInstance instance, AppliedGroup applied, Map<String, String> values) {
        applied.beginApplying();
        boolean serves =
                instance.cluster().map(cluster -> cluster.isWriter(instance)).orElse(true);
        Runnable work = () -> instance.machine()
                .filter(machine -> serves)
                .ifPresent(machine -> values.forEach((name, value) -> set(machine, name, value)));
        instance.course().then(() -> values.forEach(applied::now), work).then(applied::endApplying);
    }

    private static void set(Machine machine, String name, String value) {
        if (!value.contains("{")) {
            machine.set(name, value);
        }
    }
}
