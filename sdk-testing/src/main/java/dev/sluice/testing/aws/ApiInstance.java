// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.testservers.MySqlServer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A DB instance as the API has it, with the server behind it. Thread-safe. */
public final class ApiInstance {
    static final String AVAILABLE = "available";

    private final ApiRegion region;
    private final World world;
    private final String id;
    private final String engine;
    private final String engineVersion;
    private final Course course;
    private final Instant created = Instant.now();
    private final AppliedGroup parameters;
    private final Map<String, Object> pending = new LinkedHashMap<>();
    private String status = "creating";
    private String instanceClass = "db.r6g.large";
    private String backupWindow = "03:00-03:30";
    private boolean terminated;
    private int backupRetention;
    private boolean deletionProtection;
    private boolean multiAz;
    private final List<Runnable> watchers = new ArrayList<>();
    private List<String> securityGroups = List.of("sg-default");
    private @Nullable ApiCluster cluster;
    private @Nullable AppliedGroup clusterParameters;
    private @Nullable Machine machine;
    private @Nullable ApiInstance replicaOf;
    private @Nullable ServerAddress address;

    ApiInstance(ApiRegion region, String id, String engine, String engineVersion) {
        this.region = region;
        this.world = region.world();
        this.id = id;
        this.engine = engine;
        this.engineVersion = engineVersion;
        this.course = new Course(world.timeline(), this::broken);
        String family = ParameterFamily.nameFor(engine, engineVersion);
        this.parameters = new AppliedGroup(region.group(GroupKind.INSTANCE, ParameterGroup.defaultName(family)));
    }

    private void broken(RuntimeException failure) {
        status = "failed";
        world.brokeDown(failure);
    }

    /** Its identifier. */
    public String id() {
        return id;
    }

    /** For how many days automated backups are kept. */
    public int backupRetention() {
        synchronized (world) {
            return backupRetention;
        }
    }

    /** Its status, such as {@code available}. */
    public String status() {
        synchronized (world) {
            return status;
        }
    }

    /**
     * Sets the status, which then stays until something changes it: {@code storage-full}, {@code rebooting}. What was going on is
     * forgotten.
     */
    public void status(String now) {
        synchronized (world) {
            course.cancel();
            status = now;
            if (now.equals("storage-full")) {
                region.event(this, "Allocated storage has been exhausted.", "availability");
            }
        }
    }

    /**
     * Shows a read replica as one whose replication RDS has terminated, as it does after 30 days of standing still. The server behind it is
     * left as it is.
     */
    public void terminateReplication() {
        synchronized (world) {
            terminated = true;
            region.event(this, "Replication streaming has been terminated.", "read replica");
        }
    }

    /** Says where the instance is reached, when something stands before its server. */
    public void reachedAt(String host, int port) {
        synchronized (world) {
            address = new ServerAddress(host, port);
        }
    }

    /** Gives it a standby in another zone, so that {@code RebootDBInstance} takes {@code ForceFailover}. */
    public void multiAz() {
        synchronized (world) {
            multiAz = true;
        }
    }

    boolean isMultiAz() {
        return multiAz;
    }

    /** Has something done whenever its standby takes over, when the server is up again, on the thread that does it. */
    public void onStandby(Runnable watcher) {
        synchronized (world) {
            watchers.add(watcher);
        }
    }

    /** Moves it to its standby, as AWS does when the host of a Multi-AZ instance fails: connections break, the data stays. */
    public void failOver() {
        synchronized (world) {
            region.event(this, "Multi-AZ instance failover started.", "failover");
            show("rebooting");
            stage("rebooting", toStandby());
            course.then(() -> {
                region.event(this, "Multi-AZ instance failover completed", "failover");
                show(AVAILABLE);
            });
        }
    }

    /** What becomes of the machine when the standby takes over. */
    private Runnable toStandby() {
        Runnable restart = restart();
        return () -> {
            restart.run();
            List<Runnable> told;
            synchronized (world) {
                told = List.copyOf(watchers);
            }
            told.forEach(Runnable::run);
        };
    }

    /**
     * The real server behind it; that of its cluster for a member.
     *
     * @throws IllegalStateException if there is none, or none yet
     */
    public MySqlServer server() {
        return machine()
                .flatMap(Machine::server)
                .orElseThrow(() -> new IllegalStateException("No server stands behind " + id));
    }

    ApiRegion region() {
        return region;
    }

    String arn() {
        return region.arn("db", id);
    }

    String engine() {
        return engine;
    }

    String engineVersion() {
        return engineVersion;
    }

    Course course() {
        return course;
    }

    AppliedGroup parameters() {
        return parameters;
    }

    Optional<AppliedGroup> clusterParameters() {
        return Optional.ofNullable(clusterParameters);
    }

    Optional<ApiCluster> cluster() {
        return Optional.ofNullable(cluster);
    }

    void show(String now) {
        status = now;
    }

    /** A stage of this status. */
    ApiInstance stage(String now) {
        course.then(() -> show(now));
        return this;
    }

    ApiInstance stage(String now, Runnable work) {
        course.then(() -> show(now), work);
        return this;
    }

    void requireAvailable() {
        if (!status.equals(AVAILABLE)) {
            throw ApiRefusal.of(
                    "InvalidDBInstanceState", "Instance " + id + " is not in available state but " + status + ".");
        }
    }

    void backupRetention(int days) {
        backupRetention = days;
    }

    void backupWindow(String window) {
        backupWindow = window;
    }

    String backupWindow() {
        return backupWindow;
    }

    /** Sets its class, such as {@code db.serverless}. */
    public void instanceClass(String name) {
        synchronized (world) {
            instanceClass = name;
        }
    }

    void securityGroups(List<String> ids) {
        securityGroups = List.copyOf(ids);
    }

    List<String> securityGroups() {
        return securityGroups;
    }

    void deletionProtection(boolean on) {
        deletionProtection = on;
    }

    boolean isProtected() {
        return deletionProtection;
    }

    /**
     * Shows a change as asked for, to be made in the next maintenance window.
     *
     * @param name as in {@code PendingModifiedValues}, such as {@code DBInstanceClass}
     */
    public void pending(String name, String value) {
        synchronized (world) {
            pending.put(name, value);
        }
    }

    /** What has been asked for and is not so yet. */
    Map<String, Object> pending() {
        return pending;
    }

    void join(ApiCluster joined) {
        cluster = joined;
        clusterParameters = new AppliedGroup(region.group(GroupKind.CLUSTER, joined.groupName()));
        backupRetention = 1;
        joined.admit(this);
    }

    void run(Machine started) {
        synchronized (world) {
            machine = started;
        }
    }

    /** The machine behind it; a member's is that of its cluster. */
    Optional<Machine> machine() {
        synchronized (world) {
            return cluster == null ? Optional.ofNullable(machine) : cluster.machine();
        }
    }

    void follows(@Nullable ApiInstance source) {
        replicaOf = source;
    }

    Optional<ApiInstance> source() {
        return Optional.ofNullable(replicaOf);
    }

    /** The read replicas that follow it, in all regions' order of names. */
    List<ApiInstance> replicas() {
        List<ApiInstance> all = new ArrayList<>();
        for (ApiInstance other : world.allInstances()) {
            if (other.replicaOf == this) {
                all.add(other);
            }
        }
        return all;
    }

    /** What its replication does, if it is a managed replica with a machine. */
    Optional<ReplicationState> replication() {
        if (replicaOf == null) {
            return Optional.empty();
        }
        return terminated ? Optional.of(ReplicationState.TERMINATED) : machine().map(Machine::replication);
    }

    /** With what the server runs, which is not all that its groups hold. */
    MachineSettings settings() {
        synchronized (world) {
            return cluster != null
                    ? cluster.settings()
                    : MachineSettings.of(backupRetention > 0, replicaOf != null, parameters.values());
        }
    }

    /** What to do to the machine, if there is one. */
    Runnable restart() {
        Supplier<MachineSettings> wanted = this::settings;
        return () -> machine().ifPresent(running -> running.restart(wanted.get()));
    }

    /** Its own if one was given, else the server's; a member's, that of its cluster. */
    Optional<ServerAddress> address() {
        if (address != null || status.equals("creating")) {
            return Optional.ofNullable(address);
        }
        return cluster != null
                ? Optional.of(cluster.address())
                : machine().map(running -> new ServerAddress(running.host(), running.port()));
    }

    String instanceClass() {
        return instanceClass;
    }

    Instant created() {
        return created;
    }
}
