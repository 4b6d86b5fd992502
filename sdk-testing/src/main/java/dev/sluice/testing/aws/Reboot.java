// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

/** A reboot of an instance, which is when static parameters reach the server. */
final class Reboot {
    private Reboot() {}

    static void begin(ApiInstance instance) {
        instance.show("rebooting");
        Runnable restart = instance.restart();
        boolean serves =
                instance.cluster().map(cluster -> cluster.isWriter(instance)).orElse(true);
        instance.course().then(() -> take(instance), serves ? orIncompatible(instance, restart) : () -> {});
        instance.course().then(() -> {
            instance.region().event(instance, "DB instance restarted", "availability");
            instance.show(ApiInstance.AVAILABLE);
        });
    }

    private static void take(ApiInstance instance) {
        ApiRegion region = instance.region();
        region.event(instance, "DB instance shutdown", "availability");
        takeParameters(instance);
    }

    /** Static ones reach a server that comes up. */
    static void takeParameters(ApiInstance instance) {
        ApiRegion region = instance.region();
        instance.parameters()
                .reboot(region.group(GroupKind.INSTANCE, instance.parameters().group()));
        instance.clusterParameters()
                .ifPresent(applied -> applied.reboot(region.group(GroupKind.CLUSTER, applied.group())));
    }

    /** Parameters with which no server starts. */
    private static Runnable orIncompatible(ApiInstance instance, Runnable restart) {
        return () -> {
            try {
                restart.run();
            } catch (RuntimeException refused) {
                World world = instance.region().world();
                synchronized (world) {
                    world.brokeDown(refused);
                    instance.status("incompatible-parameters");
                }
            }
        };
    }
}
