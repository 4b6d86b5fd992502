// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.testservers.MySqlServer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An Aurora MySQL cluster. One server stands for its volume and for whichever instance is the writer: what a reader would serve differently
 * is the affair of whatever stands before it. Thread-safe.
 */
public final class ApiCluster {
    private static final String DOMAIN = ".cluster-look-alike.rds.amazonaws.com";
    private static final int PORT = 3306;

    private final ApiRegion region;
    private final World world;
    private final String id;
    private final String engineVersion;
    private final Course course;
    private final Instant created = Instant.now();
    private final String resourceId =
            "cluster-" + UUID.randomUUID().toString().replace("-", "").toUpperCase(Locale.ROOT);
    private final List<ApiInstance> members = new ArrayList<>();
    private final List<Consumer<ApiInstance>> watchers = new ArrayList<>();
    private String status = "creating";
    private String group;
    private int backupRetention = 1;
    private boolean deletionProtection;
    private boolean encrypted;
    private List<String> securityGroups = List.of("sg-default");
    private boolean tellsPosition;
    private List<String> capacity = List.of();
    private final Map<String, Object> pending = new LinkedHashMap<>();
    private @Nullable ApiInstance writer;
    private @Nullable Machine machine;
    private @Nullable String replicationSource;
    private @Nullable ServerAddress address;

    ApiCluster(ApiRegion region, String id, String engineVersion) {
        this.region = region;
        this.world = region.world();
        this.id = id;
        this.engineVersion = engineVersion;
        this.course = new Course(world.timeline(), this::broken);
        this.group = ParameterGroup.defaultName(ParameterFamily.nameFor(engine(), engineVersion));
        region.group(GroupKind.CLUSTER, group);
    }

    private void broken(RuntimeException failure) {
        status = "failed";
        world.brokeDown(failure);
    }

    /** Its identifier. */
    public String id() {
        return id;
    }

    /** What AWS calls it for as long as it exists. */
    String resourceId() {
        return resourceId;
    }

    /** Its status, such as {@code available}. */
    public String status() {
        synchronized (world) {
            return status;
        }
    }

    /** Sets the status, which then stays until something changes it. What was going on is forgotten. */
    public void status(String now) {
        synchronized (world) {
            course.cancel();
            status = now;
        }
    }

    /** Says where the cluster's writer is reached, when something stands before its server. */
    public void reachedAt(String host, int port) {
        synchronized (world) {
            address = new ServerAddress(host, port);
        }
    }

    /** Adds a reader, available at once. */
    public ApiInstance reader(String instanceId) {
        synchronized (world) {
            return region.reader(this, instanceId);
        }
    }

    /** Tells somebody of every new writer, on the thread that makes it. */
    public void onNewWriter(Consumer<ApiInstance> watcher) {
        synchronized (world) {
            watchers.add(watcher);
        }
    }

    /** The identifier of the instance that writes; empty if the cluster has no instance. */
    public Optional<String> writer() {
        synchronized (world) {
            return Optional.ofNullable(writer).map(ApiInstance::id);
        }
    }

    /**
     * The real server behind it.
     *
     * @throws IllegalStateException if there is none, or none yet
     */
    public MySqlServer server() {
        return machine()
                .flatMap(Machine::server)
                .orElseThrow(() -> new IllegalStateException("No server stands behind " + id));
    }

    /**
     * Shows a change as asked for, to be made in the next maintenance window.
     *
     * @param name as in {@code PendingModifiedValues}, such as {@code EngineVersion}
     */
    public void pending(String name, String value) {
        synchronized (world) {
            pending.put(name, value);
        }
    }

    Map<String, Object> pending() {
        return pending;
    }

    /** Encrypts its storage: read replicas in other regions need a key of theirs. */
    public void encrypted() {
        synchronized (world) {
            encrypted = true;
        }
    }

    boolean isEncrypted() {
        return encrypted;
    }

    /** Lets it have instances of class {@code db.serverless}, with these capacities in Aurora capacity units. */
    public void serverlessV2(String min, String max) {
        synchronized (world) {
            capacity = List.of(min, max);
        }
    }

    /** The least and the most; empty if it takes no instance of class {@code db.serverless}. */
    List<String> capacity() {
        return capacity;
    }

    String engine() {
        return "aurora-mysql";
    }

    String engineVersion() {
        return engineVersion;
    }

    ApiRegion region() {
        return region;
    }

    String arn() {
        return region.arn("cluster", id);
    }

    String groupName() {
        return group;
    }

    void groupName(String name) {
        group = name;
    }

    Course course() {
        return course;
    }

    void show(String now) {
        status = now;
    }

    ApiCluster stage(String now) {
        course.then(() -> show(now));
        return this;
    }

    ApiCluster stage(String now, Runnable work) {
        course.then(() -> show(now), work);
        return this;
    }

    void requireAvailable() {
        if (!status.equals(ApiInstance.AVAILABLE)) {
            throw ApiRefusal.of(
                    "InvalidDBClusterStateFault", "DB cluster " + id + " is not available but " + status + ".");
        }
    }

    void run(Machine started) {
        synchronized (world) {
            machine = started;
        }
    }

    Optional<Machine> machine() {
        synchronized (world) {
            return Optional.ofNullable(machine);
        }
    }

    void admit(ApiInstance member) {
        members.add(member);
        if (writer == null) {
            writer = member;
        }
    }

    void dismiss(ApiInstance member) {
        members.remove(member);
        if (writer == member) {
            writer = members.isEmpty() ? null : members.get(0);
        }
    }

    List<ApiInstance> members() {
        return List.copyOf(members);
    }

    boolean isWriter(ApiInstance member) {
        return writer == member;
    }

    /** Makes a member the writer; returns whom to tell. */
    List<Consumer<ApiInstance>> newWriter(ApiInstance member) {
        synchronized (world) {
            writer = member;
            return List.copyOf(watchers);
        }
    }

    /**
     * Moves the writer, as AWS does when its host fails. The cluster must have a reader.
     *
     * @param reader the identifier of the member that becomes the writer
     */
    public void failOver(String reader) {
        synchronized (world) {
            Failover.begin(this, reader);
        }
    }

    /** With what the server runs: what the writer has of both groups. Without an instance, what the cluster's group holds. */
    MachineSettings settings() {
        synchronized (world) {
            Map<String, String> values = new LinkedHashMap<>();
            if (writer == null) {
                values.putAll(region.group(GroupKind.CLUSTER, group).userValues());
            } else {
                writer.clusterParameters().ifPresent(applied -> values.putAll(applied.values()));
                values.putAll(writer.parameters().values());
            }
            boolean logs = !values.getOrDefault("binlog_format", "OFF").equals("OFF");
            return MachineSettings.of(logs, replicationSource != null, values);
        }
    }

    /** Whether its first instance tells where the restored volume's binary log stood. */
    void tellsPosition(boolean tells) {
        tellsPosition = tells;
    }

    /** What the first instance has to tell; empty if it has nothing to tell, or has told it. */
    Optional<BinlogPosition> takeRecovered() {
        Optional<BinlogPosition> position = tellsPosition ? machine().flatMap(Machine::recovered) : Optional.empty();
        tellsPosition = false;
        return position;
    }

    int backupRetention() {
        return backupRetention;
    }

    void backupRetention(int days) {
        backupRetention = days;
    }

    void deletionProtection(boolean on) {
        deletionProtection = on;
    }

    boolean isProtected() {
        return deletionProtection;
    }

    void securityGroups(List<String> ids) {
        securityGroups = List.copyOf(ids);
    }

    List<String> securityGroups() {
        return securityGroups;
    }

    void follows(@Nullable String arn) {
        replicationSource = arn;
    }

    Optional<String> replicationSource() {
        return Optional.ofNullable(replicationSource);
    }

    /** A name that nobody answers at before there is an instance. */
    ServerAddress address() {
        if (address != null) {
            return address;
        }
        Optional<Machine> running = members.isEmpty() ? Optional.empty() : machine();
        return running.map(one -> new ServerAddress(one.host(), one.port()))
                .orElse(new ServerAddress(id + DOMAIN, PORT));
    }

    Instant created() {
        return created;
    }
}
