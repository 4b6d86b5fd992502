// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import java.util.List;
import java.util.Map;

/** Makes, lists and deletes snapshots, of which there are two kinds that differ in the names of their actions. */
final class SnapshotActions {
    private final SnapshotKind kind;

    private SnapshotActions(SnapshotKind kind) {
        this.kind = kind;
    }

    static void register(Actions actions, SnapshotKind kind) {
        SnapshotActions of = new SnapshotActions(kind);
        String id = kind.element() + "Identifier";
        actions.add("Create" + kind.element(), of::create, id, kind.originParameter(), "Tags")
                .add(
                        "Copy" + kind.element(),
                        of::copy,
                        "Source" + kind.element() + "Identifier",
                        "Target" + kind.element() + "Identifier",
                        "KmsKeyId",
                        "CopyTags",
                        "PreSignedUrl",
                        "SourceRegion",
                        "Tags")
                .add("Delete" + kind.element(), of::delete, id)
                .add(
                        "Describe" + kind.element() + "s",
                        of::describe,
                        id,
                        kind.originParameter(),
                        "SnapshotType",
                        "Filters",
                        "MaxRecords",
                        "Marker");
    }

    private void create(Ask ask, Xml result) {
        String id = newId(ask, kind.element() + "Identifier");
        String origin = ask.required(kind.originParameter());
        Snapshot snapshot = kind == SnapshotKind.INSTANCE
                ? ofInstance(ask.region().instanceOf(origin), id)
                : ofCluster(ask.region().clusterOf(origin), id);
        ask.region().add(snapshot, ask.tags());
        result.with(snapshot.toXml());
    }

    private String newId(Ask ask, String parameter) {
        String id = ask.newIdentifier(parameter);
        if (ask.region().snapshots(kind).containsKey(id)) {
            throw ApiRefusal.of(
                    kind.alreadyExists(),
                    "Cannot create the snapshot because one with the identifier " + id + " already exists.");
        }
        return id;
    }

    /** From this region or, by ARN, from another one. */
    private void copy(Ask ask, Xml result) {
        Snapshot source = ask.region().snapshotOf(kind, ask.required("Source" + kind.element() + "Identifier"));
        source.requireAvailable();
        String id = newId(ask, "Target" + kind.element() + "Identifier");
        Snapshot copy = new Snapshot(ask.region(), kind, id, source.origin());
        copy.keep(source.image().share());
        ask.region().add(copy, ask.tags());
        copy.course().then(() -> {}).then(() -> copy.show(ApiInstance.AVAILABLE));
        result.with(copy.toXml());
    }

    private Snapshot ofInstance(ApiInstance instance, String id) {
        if (instance.cluster().isPresent()) {
            throw ApiRefusal.of(
                    "InvalidDBInstanceState",
                    "The specified instance is a member of a cluster and a snapshot cannot be created directly.");
        }
        instance.requireAvailable();
        Snapshot snapshot = new Snapshot(instance.region(), kind, id, Snapshot.Origin.of(instance));
        instance.show("backing-up");
        take(snapshot, instance.machine().orElseThrow());
        snapshot.course().then(() -> instance.show(ApiInstance.AVAILABLE));
        return snapshot;
    }

    private Snapshot ofCluster(ApiCluster cluster, String id) {
        cluster.requireAvailable();
        Snapshot snapshot = new Snapshot(cluster.region(), kind, id, Snapshot.Origin.of(cluster));
        Machine machine = cluster.machine()
                .orElseThrow(() ->
                        ApiRefusal.of("InvalidDBClusterStateFault", "DB cluster " + cluster.id() + " has no data"));
        take(snapshot, machine);
        return snapshot;
    }

    private static void take(Snapshot snapshot, Machine machine) {
        SnapshotKind kind = snapshot.kind();
        ApiRegion region = snapshot.region();
        region.event(snapshot, kind.creating(), kind.category());
        snapshot.course()
                .then(() -> {}, () -> snapshot.keep(new SharedImage(machine.image())))
                .then(() -> {
                    snapshot.show(ApiInstance.AVAILABLE);
                    region.event(snapshot, kind.created(), kind.category());
                });
    }

    private void delete(Ask ask, Xml result) {
        Snapshot snapshot = ask.region().snapshotOf(kind, ask.required(kind.element() + "Identifier"));
        if (!snapshot.status().equals("failed")) {
            snapshot.requireAvailable();
        }
        ask.region().remove(snapshot);
        snapshot.show("deleted");
        ask.region().tags().open(snapshot.arn(), Map.of()); // for the answer, which shows it once more
        result.with(snapshot.toXml());
        ask.region().tags().close(snapshot.arn());
        snapshot.drop();
        ask.region().event(snapshot, "Deleted user snapshot", "deletion");
    }

    private void describe(Ask ask, Xml result) {
        List<Snapshot> all = ask
                .text(kind.element() + "Identifier")
                .map(id -> List.of(ask.region().snapshotOf(kind, id)))
                .orElseGet(() -> List.copyOf(ask.region().snapshots(kind).values()))
                .stream()
                .filter(one -> ask.text(kind.originParameter())
                        .map(World::idOf)
                        .filter(origin -> !origin.equals(one.origin().id()))
                        .isEmpty())
                .filter(one -> ask.text("SnapshotType")
                        .filter(type -> !type.equals("manual"))
                        .isEmpty())
                .filter(one -> Filters.match(ask, Map.of("engine", one.origin().engine())))
                .toList();
        Page.write(ask, result, kind.element() + "s", all, Snapshot::toXml);
    }
}
