// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import dev.sluice.api.endpoint.ServerAddress;
import java.util.Optional;
import java.util.function.Supplier;

/** How something new comes up: its machine is started while it is being created. */
final class Birth {
    static final String CREATION = "creation";

    private Birth() {}

    /**
     * Lets an instance of its own come up.
     *
     * @param maker starts its machine
     * @param created is run when it is about to be available
     */
    static void of(ApiInstance instance, Supplier<Machine> maker, Runnable created) {
        Optional<String> badEnd = instance.region().nextBadEnd();
        if (badEnd.isPresent()) {
            instance.stage("creating").stage(badEnd.get());
            return;
        }
        World world = instance.region().world();
        instance.stage("creating", () -> {
            instance.run(world.owning(maker.get()));
            address(world, instance.id(), instance.machine()).ifPresent(at -> instance.reachedAt(at.host(), at.port()));
        });
        instance.course().then(() -> {
            instance.region().event(instance, "DB instance created", CREATION);
            instance.show(instance.backupRetention() > 0 ? "backing-up" : "modifying");
            created.run();
        });
        instance.stage(ApiInstance.AVAILABLE);
    }

    /** Lets a cluster come up, which has no instances yet. */
    static void of(ApiCluster cluster, Supplier<Machine> maker) {
        Optional<String> badEnd = cluster.region().nextBadEnd();
        if (badEnd.isPresent()) {
            cluster.stage("creating").stage(badEnd.get());
            return;
        }
        World world = cluster.region().world();
        cluster.stage("creating", () -> {
            cluster.run(world.owning(maker.get()));
            address(world, cluster.id(), cluster.machine()).ifPresent(at -> cluster.reachedAt(at.host(), at.port()));
        });
        cluster.course().then(() -> {
            cluster.region().event(cluster, "DB cluster created.", CREATION);
            cluster.show(ApiInstance.AVAILABLE);
        });
    }

    private static Optional<ServerAddress> address(World world, String id, Optional<Machine> machine) {
        return machine.flatMap(Machine::server).flatMap(server -> world.care().started(id, server));
    }

    /** Lets a member come up, and tells what its volume's crash recovery found if it is the first one. */
    static void ofMember(ApiInstance member, ApiCluster cluster) {
        member.stage("creating");
        member.course().then(() -> {
            ApiRegion region = member.region();
            region.event(member, "DB instance created", CREATION);
            cluster.takeRecovered()
                    .ifPresent(position -> region.event(
                            member,
                            "Binlog position from crash recovery is " + position.file() + " " + position.position()));
            member.show(ApiInstance.AVAILABLE);
        });
    }

    /** Ends being a replica. */
    static void promote(World world, Machine machine) {
        machine.promote();
        machine.server().ifPresent(world.care()::wasPromoted);
    }

    /** A machine that follows another from the data that it had at an instant. It logs at first only to know where that was. */
    static Machine replica(World world, Machine source, MachineSettings settings) {
        try (MachineImage image = source.image()) {
            Machine replica = image.start(new MachineSettings(true, false, settings.options()));
            try {
                replica.restart(settings);
                replica.follow(source);
                replica.server().ifPresent(world.care()::becameReplica);
                return replica;
            } catch (RuntimeException failure) {
                replica.close();
                throw failure;
            }
        }
    }
}
