// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import dev.sluice.testservers.MySqlServer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What an account has in a region. Thread-safe. */
public final class ApiRegion {
    private final World world;
    private final String account;
    private final String name;
    private final Map<String, ApiInstance> instances = new TreeMap<>();
    private final Map<String, ApiCluster> clusters = new TreeMap<>();
    private final Map<GroupKind, Map<String, ParameterGroup>> groups = new EnumMap<>(GroupKind.class);
    private final Map<SnapshotKind, Map<String, Snapshot>> snapshots = new EnumMap<>(SnapshotKind.class);
    private final Map<String, SecurityGroup> securityGroups = new TreeMap<>();
    private final Deque<String> badEnds = new ArrayDeque<>();
    private final TagBook tags = new TagBook();
    private final EventLog events = new EventLog();

    ApiRegion(World world, String account, String name) {
        this.world = world;
        this.account = account;
        this.name = name;
        securityGroups.put("sg-default", new SecurityGroup("sg-default"));
        for (GroupKind kind : GroupKind.values()) {
            groups.put(kind, new TreeMap<>());
        }
        for (SnapshotKind kind : SnapshotKind.values()) {
            snapshots.put(kind, new TreeMap<>());
        }
    }

    /** Its name, such as {@code eu-west-1}. */
    public String name() {
        return name;
    }

    /** The twelve digits of the account. */
    public String account() {
        return account;
    }

    /**
     * Adds an instance of RDS for MySQL with a real server behind it, which its owner closes.
     *
     * @param id its identifier
     * @param server from now on it is restarted as the API's calls need it
     * @param backupRetention for how many days automated backups are kept; the server must have a binary log if it is over 0
     */
    public ApiInstance instance(String id, MySqlServer server, int backupRetention) {
        return instance(id, server.release().version(), RealMachine.adopted(server), backupRetention);
    }

    /** Adds an instance of RDS for MySQL with no server behind it. */
    public ApiInstance instance(String id, String engineVersion, int backupRetention) {
        return instance(id, engineVersion, new PaperMachine(id, MachineSettings.defaults()), backupRetention);
    }

    private ApiInstance instance(String id, String engineVersion, Machine machine, int backupRetention) {
        synchronized (world) {
            ApiInstance instance = new ApiInstance(this, id, "mysql", version(engineVersion));
            instance.backupRetention(backupRetention);
            instance.run(machine);
            instance.show(ApiInstance.AVAILABLE);
            add(instance, Map.of());
            return instance;
        }
    }

    /** The 9.x server stands for 8.4, which is the newest that RDS has parameter families for. */
    private static String version(String release) {
        return release.startsWith("9") ? "8.4.7" : release;
    }

    /**
     * Adds an Aurora MySQL cluster with one instance, its writer, which is called like the cluster with {@code -1} behind it, and a real
     * server behind it, which its owner closes.
     *
     * @param id its identifier
     * @param engineVersion as in {@code 8.0.mysql_aurora.3.08.0}
     * @param server must have no binary log, like a cluster of the default parameter group, until a call switches it on
     */
    public ApiCluster cluster(String id, String engineVersion, MySqlServer server) {
        return cluster(id, engineVersion, RealMachine.adopted(server));
    }

    /** Adds an Aurora MySQL cluster with one instance and no server behind it. */
    public ApiCluster cluster(String id, String engineVersion) {
        return cluster(id, engineVersion, new PaperMachine(id, MachineSettings.defaults()));
    }

    private ApiCluster cluster(String id, String engineVersion, Machine machine) {
        synchronized (world) {
            ApiCluster cluster = new ApiCluster(this, id, engineVersion);
            cluster.run(machine);
            cluster.show(ApiInstance.AVAILABLE);
            add(cluster, Map.of());
            reader(cluster, id + "-1");
            return cluster;
        }
    }

    /** Adds a member; the first one is the writer. */
    ApiInstance reader(ApiCluster cluster, String id) {
        ApiInstance member = new ApiInstance(this, id, cluster.engine(), cluster.engineVersion());
        member.join(cluster);
        member.show(ApiInstance.AVAILABLE);
        add(member, Map.of());
        return member;
    }

    /** Adds a security group without rules. {@code sg-default}, which is every instance's, is there already. */
    public void addSecurityGroup(String id) {
        synchronized (world) {
            securityGroups.put(id, new SecurityGroup(id));
        }
    }

    SecurityGroup securityGroup(String id) {
        SecurityGroup found = securityGroups.get(id);
        if (found == null) {
            throw ApiRefusal.of("InvalidGroup.NotFound", "The security group '" + id + "' does not exist");
        }
        return found;
    }

    List<SecurityGroup> securityGroups() {
        return List.copyOf(securityGroups.values());
    }

    /** The instance of this identifier, also of those that calls have made; empty if there is none. */
    public Optional<ApiInstance> findInstance(String id) {
        synchronized (world) {
            return Optional.ofNullable(instances.get(id));
        }
    }

    /** The cluster of this identifier, also of those that calls have made; empty if there is none. */
    public Optional<ApiCluster> findCluster(String id) {
        synchronized (world) {
            return Optional.ofNullable(clusters.get(id));
        }
    }

    World world() {
        return world;
    }

    String arn(String kind, String id) {
        return "arn:aws:rds:" + name + ":" + account + ":" + kind + ":" + id;
    }

    void add(ApiInstance instance, Map<String, String> first) {
        instances.put(instance.id(), instance);
        tags.open(instance.arn(), first);
    }

    void add(ApiCluster cluster, Map<String, String> first) {
        clusters.put(cluster.id(), cluster);
        tags.open(cluster.arn(), first);
    }

    void remove(ApiInstance instance) {
        instances.remove(instance.id());
        tags.close(instance.arn());
    }

    void remove(ApiCluster cluster) {
        clusters.remove(cluster.id());
        tags.close(cluster.arn());
    }

    List<ApiInstance> instances() {
        return List.copyOf(instances.values());
    }

    List<ApiCluster> clusters() {
        return List.copyOf(clusters.values());
    }

    Map<String, ParameterGroup> groups(GroupKind kind) {
        return groups.getOrDefault(kind, Map.of());
    }

    /** A group by name; default groups are there for every family. */
    ParameterGroup group(GroupKind kind, String group) {
        Map<String, ParameterGroup> all = groups(kind);
        ParameterGroup.defaultFamily(group)
                .filter(family -> !all.containsKey(group))
                .ifPresent(family -> {
                    ParameterGroup made = new ParameterGroup(
                            kind,
                            group,
                            ParameterFamily.of(kind, family, world),
                            "Default parameter group for " + family,
                            arn(kind.arnPart(), group));
                    all.put(group, made);
                    tags.open(made.arn(), Map.of());
                });
        ParameterGroup found = all.get(group);
        if (found == null) {
            throw ApiRefusal.notFound("DBParameterGroupNotFound", kind.element() + " not found: " + group);
        }
        return found;
    }

    ApiInstance instanceOf(String idOrArn) {
        ApiInstance found = world.regionOf(idOrArn, this).instances.get(World.idOf(idOrArn));
        if (found == null) {
            throw ApiRefusal.notFound("DBInstanceNotFound", "DBInstance " + World.idOf(idOrArn) + " not found.");
        }
        return found;
    }

    ApiCluster clusterOf(String idOrArn) {
        ApiCluster found = world.regionOf(idOrArn, this).clusters.get(World.idOf(idOrArn));
        if (found == null) {
            throw ApiRefusal.notFound("DBClusterNotFoundFault", "DBCluster " + World.idOf(idOrArn) + " not found.");
        }
        return found;
    }

    TagBook tags() {
        return tags;
    }

    EventLog events() {
        return events;
    }

    void event(ApiInstance instance, String message, String... categories) {
        events.add(new EventLog.Event(
                instance.id(), "db-instance", instance.arn(), message, List.of(categories), Instant.now()));
    }

    void event(ApiCluster cluster, String message, String... categories) {
        events.add(new EventLog.Event(
                cluster.id(), "db-cluster", cluster.arn(), message, List.of(categories), Instant.now()));
    }

    void event(Snapshot snapshot, String message, String... categories) {
        events.add(new EventLog.Event(
                snapshot.id(),
                snapshot.kind().eventType(),
                snapshot.arn(),
                message,
                List.of(categories),
                Instant.now()));
    }

    /**
     * Lets the next restore, clone or read replica of this region end in a status that does not pass, such as
     * {@code incompatible-restore}; further ones add up.
     */
    public void failNextRestore(String status) {
        synchronized (world) {
            badEnds.add(status);
        }
    }

    /** Sets the status of a cluster snapshot, which then stays: {@code failed}. What was going on is forgotten. */
    public void clusterSnapshotStatus(String id, String status) {
        synchronized (world) {
            Snapshot snapshot = snapshotOf(SnapshotKind.CLUSTER, id);
            snapshot.course().cancel();
            snapshot.show(status);
        }
    }

    /** How the restore that begins now shall end; empty if well. */
    Optional<String> nextBadEnd() {
        return Optional.ofNullable(badEnds.poll());
    }

    Map<String, Snapshot> snapshots(SnapshotKind kind) {
        return snapshots.getOrDefault(kind, Map.of());
    }

    void add(Snapshot snapshot, Map<String, String> first) {
        snapshots(snapshot.kind()).put(snapshot.id(), snapshot);
        tags.open(snapshot.arn(), first);
    }

    void remove(Snapshot snapshot) {
        snapshots(snapshot.kind()).remove(snapshot.id());
        tags.close(snapshot.arn());
    }

    Snapshot snapshotOf(SnapshotKind kind, String idOrArn) {
        Snapshot found = world.regionOf(idOrArn, this).snapshots(kind).get(World.idOf(idOrArn));
        if (found == null) {
            throw ApiRefusal.notFound(kind.notFound(), kind.element() + " " + World.idOf(idOrArn) + " not found.");
        }
        return found;
    }

    /** Deletes the data of all snapshots. */
    void dropImages() {
        snapshots.values().forEach(all -> all.values().forEach(Snapshot::drop));
    }
}
