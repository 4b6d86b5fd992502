// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.plan;

import dev.sluice.api.document.Document;
import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.endpoint.EndpointOption;
import dev.sluice.api.endpoint.EngineId;
import dev.sluice.api.endpoint.ReplicaEndpoint;
import dev.sluice.api.endpoint.SourceEndpoint;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.CopyMethod;
import dev.sluice.api.plan.CopyTablePlan;
import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.HeartbeatPlan;
import dev.sluice.api.plan.PausePlan;
import dev.sluice.api.plan.Plan;
import dev.sluice.api.plan.Positioning;
import dev.sluice.api.plan.ReplicationAccount;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.plan.Seed;
import dev.sluice.api.plan.SnapshotLimits;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.plan.VerificationWay;
import dev.sluice.api.plan.VerifyPlan;
import dev.sluice.api.secret.Secret;
import dev.sluice.api.spi.EndpointCodec;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Plans as documents. Endpoints and options are written and read by their engines. */
public final class PlanCodec {
    private static final long VERSION = 1;

    private final Engines engines;

    public PlanCodec(Engines engines) {
        this.engines = engines;
    }

    public Document write(Plan plan) {
        if (plan instanceof PausePlan pause) {
            return writePause(pause);
        }
        if (plan instanceof VerifyPlan verify) {
            return Document.empty()
                    .with("plan", "verify")
                    .with("version", VERSION)
                    .with("replication", writeReplication(verify.replication()));
        }
        if (plan instanceof HeartbeatPlan heartbeat) {
            return Document.empty()
                    .with("plan", "heartbeat")
                    .with("version", VERSION)
                    .with("replication", writeReplication(heartbeat.replication()))
                    .with("remove", heartbeat.isRemoving());
        }
        if (plan instanceof CopyTablePlan copy) {
            return Document.empty()
                    .with("plan", "copy-table")
                    .with("version", VERSION)
                    .with("replication", writeReplication(copy.replication()))
                    .with("database", copy.table().database())
                    .with("table", copy.table().table());
        }
        return plan instanceof ReplicationPlan replication ? writeReplication(replication) : writeEnd((EndPlan) plan);
    }

    public Plan read(Document document) {
        if (document.number("version") != VERSION) {
            throw new IllegalArgumentException("A plan of version " + document.number("version") + " is not known");
        }
        return switch (document.text("plan")) {
            case "replication" -> readReplication(document);
            case "end" -> readEnd(document);
            case "pause" -> readPause(document);
            case "verify" -> new VerifyPlan(readReplication(document.document("replication")));
            case "heartbeat" -> readHeartbeat(document);
            case "copy-table" ->
                CopyTablePlan.of(
                        readReplication(document.document("replication")),
                        TableName.of(document.text("database"), document.text("table")));
            default -> throw new IllegalArgumentException("Unknown kind of plan: " + document.text("plan"));
        };
    }

    private HeartbeatPlan readHeartbeat(Document document) {
        ReplicationPlan replication = readReplication(document.document("replication"));
        return document.truth("remove") ? HeartbeatPlan.remove(replication) : HeartbeatPlan.create(replication);
    }

    private Document writeReplication(ReplicationPlan plan) {
        Document deadlines = Document.empty();
        for (Map.Entry<GuideStep, Duration> deadline : plan.deadlines().entrySet()) {
            deadlines =
                    deadlines.with(deadline.getKey().name(), deadline.getValue().toString());
        }
        return Document.empty()
                .with("plan", "replication")
                .with("version", VERSION)
                .with("source", writeEndpoint(plan.source()))
                .withAll("source-options", writeOptions(plan.source(), plan.sourceOptions()))
                .with("replica", writeEndpoint(plan.replica()))
                .withAll("replica-options", writeOptions(plan.replica(), plan.replicaOptions()))
                .with("positioning", plan.positioning().name())
                .with(
                        "retention",
                        plan.binlogRetention().map(Duration::toString).orElse(null))
                .with(
                        "retention-while-replicating",
                        plan.retentionWhileReplicating().toString())
                .with("scope", ScopeCodec.write(plan.scope()))
                .with("copy", plan.copyMethod().name())
                .withTexts("seeds", plan.seeds().stream().map(Seed::name).toList())
                .with("account", writeAccount(plan.replicationAccount()))
                .with("until", plan.lastStep().name())
                .withTexts("pauses", names(plan.pauses()))
                .with("start", plan.start().map(CoordinatesCodec::write).orElse(null))
                .withTexts("consents", names(plan.consents()))
                .with("lock-window", plan.lockWindow().toString())
                .with("snapshot-limits", writeLimits(plan.snapshotLimits()))
                .with("deadlines", deadlines)
                .with("replica-stays-writable", plan.replicaStaysWritable())
                .with("verification", plan.verificationWay().name())
                .withTexts(
                        "skipped-checks", plan.skippedChecks().stream().sorted().toList());
    }

    private ReplicationPlan readReplication(Document document) {
        SourceEndpoint source = (SourceEndpoint) readEndpoint(document.document("source"));
        ReplicaEndpoint replica = (ReplicaEndpoint) readEndpoint(document.document("replica"));
        ReplicationPlan plan = ReplicationPlan.from(
                        source, this.<SourceEndpoint>readOptions(source, document, "source-options"))
                .to(replica, this.<ReplicaEndpoint>readOptions(replica, document, "replica-options"))
                .scope(ScopeCodec.read(document.document("scope")))
                .copyWith(CopyMethod.valueOf(document.text("copy")))
                .until(GuideStep.valueOf(document.text("until")))
                .retainWhileReplicating(Duration.parse(document.text("retention-while-replicating")))
                .lockAtMost(Duration.parse(document.text("lock-window")))
                .snapshotLimits(readLimits(document.document("snapshot-limits")));
        plan = readAccount(plan, document.document("account"));
        plan = switch (Positioning.valueOf(document.text("positioning"))) {
            case GTID -> plan.withGtid();
            case BINLOG_POSITION -> plan.withBinlogPosition();
            case GTID_WHERE_BOTH_ALLOW -> plan;
        };
        return readRest(plan, document);
    }

    private static Document writeLimits(SnapshotLimits limits) {
        return Document.empty()
                .with("warn-age", limits.warnAge().toString())
                .with("max-age", limits.maxAge().toString())
                .with("warn-history", limits.warnHistory())
                .with("max-history", limits.maxHistory());
    }

    private static SnapshotLimits readLimits(Document document) {
        return new SnapshotLimits(
                Duration.parse(document.text("warn-age")),
                Duration.parse(document.text("max-age")),
                document.number("warn-history"),
                document.number("max-history"));
    }

    private static ReplicationPlan readRest(ReplicationPlan begun, Document document) {
        ReplicationPlan plan = begun;
        if (document.has("retention")) {
            plan = plan.retainBinlogs(Duration.parse(document.text("retention")));
        }
        if (document.has("start")) {
            plan = plan.startingFrom(CoordinatesCodec.read(document.document("start")));
        }
        for (String step : document.texts("pauses")) {
            plan = plan.pauseBefore(GuideStep.valueOf(step));
        }
        for (String consent : document.texts("consents")) {
            plan = plan.allow(Consent.valueOf(consent));
        }
        Document deadlines = document.document("deadlines");
        for (String step : deadlines.values().keySet()) {
            plan = plan.deadline(GuideStep.valueOf(step), Duration.parse(deadlines.text(step)));
        }
        if (document.has("seeds")) {
            List<Seed> seeds = document.texts("seeds").stream().map(Seed::new).toList();
            plan = plan.seedWith(seeds.get(0), seeds.subList(1, seeds.size()).toArray(Seed[]::new));
        }
        plan = plan.skipChecks(document.texts("skipped-checks").toArray(String[]::new));
        // Absent in what earlier releases wrote.
        if (document.has("verification")
                && VerificationWay.valueOf(document.text("verification")) == VerificationWay.AT_ONE_POSITION) {
            plan = plan.verifyAtOnePosition();
        }
        return document.truth("replica-stays-writable") ? plan.leaveReplicaWritable() : plan;
    }

    private Document writeEnd(EndPlan plan) {
        return Document.empty()
                .with("plan", "end")
                .with("version", VERSION)
                .with("replica", writeEndpoint(plan.replica()))
                .with("source", plan.source().map(this::writeEndpoint).orElse(null))
                .with("account", plan.account().map(PlanCodec::writeAccount).orElse(null))
                .with("reset", plan.resetsReplica())
                .with("disable-binlog", plan.disablesBinlog())
                .with("enable-events", plan.enablesEvents())
                .with("retention", plan.retention().map(Duration::toString).orElse(null))
                .with("default-retention", plan.restoresDefaultRetention())
                .with("first-kept-binlog", plan.firstKeptBinlog().orElse(null))
                .withTexts("consents", names(plan.consents()));
    }

    private EndPlan readEnd(Document document) {
        EndPlan plan = EndPlan.of((ReplicaEndpoint) readEndpoint(document.document("replica")));
        if (document.has("source")) {
            plan = plan.source((SourceEndpoint) readEndpoint(document.document("source")));
        }
        if (document.has("account")) {
            Document account = document.document("account");
            plan = plan.dropReplicationUser(account.text("user"), account.text("host"));
        }
        if (!document.truth("reset")) {
            plan = plan.keepConfiguration();
        }
        for (String consent : document.texts("consents")) {
            plan = plan.allow(Consent.valueOf(consent));
        }
        return readRest(document.truth("disable-binlog") ? plan.disableBinlog() : plan, document);
    }

    private static EndPlan readRest(EndPlan begun, Document document) {
        EndPlan plan = document.truth("enable-events") ? begun.enableEvents() : begun;
        if (document.has("first-kept-binlog")) {
            plan = plan.purgeBinlogsTo(document.text("first-kept-binlog"));
        }
        if (document.has("retention")) {
            plan = plan.restoreRetention(Duration.parse(document.text("retention")));
        }
        return document.truth("default-retention") ? plan.restoreDefaultRetention() : plan;
    }

    private Document writePause(PausePlan plan) {
        return Document.empty()
                .with("plan", "pause")
                .with("version", VERSION)
                .with("replica", writeEndpoint(plan.replica()))
                .with(
                        "replication",
                        plan.replication().map(this::writeReplication).orElse(null))
                .with("start", plan.isStarting())
                .with("deadline", plan.deadline().toString())
                .withTexts("consents", names(plan.consents()));
    }

    private PausePlan readPause(Document document) {
        PausePlan plan = begin(document).within(Duration.parse(document.text("deadline")));
        for (String consent : document.texts("consents")) {
            plan = plan.allow(Consent.valueOf(consent));
        }
        return plan;
    }

    private PausePlan begin(Document document) {
        if (document.has("replication")) {
            return PausePlan.start(readReplication(document.document("replication")));
        }
        ReplicaEndpoint replica = (ReplicaEndpoint) readEndpoint(document.document("replica"));
        return document.truth("start") ? PausePlan.start(replica) : PausePlan.stop(replica);
    }

    private static Document writeAccount(ReplicationAccount account) {
        return Document.empty()
                .with("user", account.user())
                .with("host", account.hostOrNull())
                .with(
                        "password-kind",
                        account.password().map(s -> s.kind().name()).orElse(null))
                .with(
                        "password-reference",
                        account.password().map(Secret::reference).orElse(null));
    }

    private static ReplicationPlan readAccount(ReplicationPlan plan, Document document) {
        ReplicationPlan named = document.has("password-kind")
                ? plan.replicationUser(
                        document.text("user"),
                        Secret.of(
                                Secret.Kind.valueOf(document.text("password-kind")),
                                document.text("password-reference")))
                : plan.replicationUser(document.text("user"));
        return document.has("host") ? named.replicationUserHost(document.text("host")) : named;
    }

    private Document writeEndpoint(Endpoint endpoint) {
        return Document.empty()
                .with("engine", endpoint.engine().value())
                .with("endpoint", engines.of(endpoint).endpoints().write(endpoint));
    }

    private Endpoint readEndpoint(Document document) {
        return engines.byId(new EngineId(document.text("engine"))).endpoints().read(document.document("endpoint"));
    }

    private List<Document> writeOptions(Endpoint endpoint, List<EndpointOption<?>> options) {
        EndpointCodec codec = engines.of(endpoint).endpoints();
        return options.stream().map(codec::writeOption).toList();
    }

    /** The engine that wrote the options reads them, so that they are of the endpoint's type. */
    @SuppressWarnings("unchecked")
    private <E extends Endpoint> EndpointOption<? super E>[] readOptions(
            Endpoint endpoint, Document document, String key) {
        EndpointCodec codec = engines.of(endpoint).endpoints();
        return document.list(key, codec::readOption).toArray(EndpointOption[]::new);
    }

    private static List<String> names(Iterable<? extends Enum<?>> values) {
        List<String> names = new java.util.ArrayList<>();
        values.forEach(value -> names.add(value.name()));
        return names;
    }
}
