// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A snapshot of an instance or a cluster. Guarded by the lock of the state. */
final class Snapshot {
    private final ApiRegion region;
    private final SnapshotKind kind;
    private final String id;
    private final Origin origin;
    private final Course course;
    private final Instant created = Instant.now();
    private String status = "creating";
    private @Nullable SharedImage image;

    /**
     * Whose data it is.
     *
     * @param id of the instance or cluster
     * @param engine {@code mysql} or {@code aurora-mysql}
     * @param engineVersion its version
     * @param backupRetention for how many days it keeps backups
     */
    record Origin(String id, String engine, String engineVersion, int backupRetention) {
        static Origin of(ApiInstance instance) {
            return new Origin(instance.id(), instance.engine(), instance.engineVersion(), instance.backupRetention());
        }

        static Origin of(ApiCluster cluster) {
            return new Origin(cluster.id(), cluster.engine(), cluster.engineVersion(), cluster.backupRetention());
        }
    }

    Snapshot(ApiRegion region, SnapshotKind kind, String id, Origin origin) {
        this.region = region;
        this.kind = kind;
        this.id = id;
        this.origin = origin;
        this.course = new Course(region.world().timeline(), this::broken);
    }

    private void broken(RuntimeException failure) {
        status = "failed";
        region.world().brokeDown(failure);
    }

    SnapshotKind kind() {
        return kind;
    }

    String id() {
        return id;
    }

    String arn() {
        return region.arn(kind.arnPart(), id);
    }

    ApiRegion region() {
        return region;
    }

    Origin origin() {
        return origin;
    }

    Course course() {
        return course;
    }

    String status() {
        return status;
    }

    void show(String now) {
        status = now;
    }

    void keep(SharedImage taken) {
        synchronized (region.world()) {
            image = taken;
        }
    }

    /** Its data. */
    SharedImage image() {
        synchronized (region.world()) {
            if (image == null) {
                throw new IllegalStateException("The snapshot " + id + " has no data");
            }
            return image;
        }
    }

    void requireAvailable() {
        if (!status.equals(ApiInstance.AVAILABLE)) {
            throw ApiRefusal.of(kind.wrongState(), "Snapshot " + id + " is not available but " + status + ".");
        }
    }

    /** Deletes its data. */
    void drop() {
        if (image != null) {
            image.release();
            image = null;
        }
    }

    Xml toXml() {
        Xml xml = Xml.element(kind.element())
                .with(kind.element() + "Identifier", id)
                .with(kind.originParameter(), origin.id())
                .with(kind.element() + "Arn", arn())
                .with("SnapshotCreateTime", created)
                .with("Engine", origin.engine())
                .with("EngineVersion", origin.engineVersion())
                .with("Status", status)
                .with("PercentProgress", status.equals(ApiInstance.AVAILABLE) ? 100 : 0)
                .with("SnapshotType", "manual")
                .with("AllocatedStorage", 100)
                .with("Port", 3306)
                .with("MasterUsername", "admin")
                .with("StorageEncrypted", kind == SnapshotKind.CLUSTER ? false : null)
                .with("Encrypted", kind == SnapshotKind.INSTANCE ? false : null);
        region.tags().write(arn(), xml);
        return xml;
    }
}
