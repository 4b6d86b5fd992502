// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.PersonOperation;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.WaitOperation;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.Plan;
import dev.sluice.api.plan.Positioning;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.PollPace;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.core.mysql.GtidsToCome;
import dev.sluice.rds.aws.ParameterGroupCalls;
import dev.sluice.rds.aws.ParameterGroupCalls.Apply;
import dev.sluice.rds.aws.RdsCluster;
import dev.sluice.rds.managed.GroupSettings;
import dev.sluice.rds.managed.ManagedGroups;
import dev.sluice.rds.managed.StepLook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Whether a cluster's writer writes a binary log: parameter {@code binlog_format} of its DB cluster parameter group, which servers read when
 * they start. AWS shows a change as {@code pending-reboot} after a while, and the reboot waits for that; whether it worked, the server says.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_LogAccess.MySQL.BinaryFormat.html">AWS: configuring Aurora
 *     MySQL binary logging</a>
 */
final class BinlogFormat {
    private static final String WAIT_PENDING = "wait-for-pending-reboot";
    private static final String REBOOT = "reboot-writer";
    private static final String WAIT = "wait-for-binlog-setting";
    private static final String PARAMETER = "binlog_format";
    private static final Duration DEADLINE = Duration.ofMinutes(30);

    private final String value;
    private final String logBin;
    private final Clusters clusters;
    private final ManagedGroups groups;

    /**
     * One of the values.
     *
     * @param value of the parameter: {@code ROW} or {@code OFF}
     * @param logBin what {@code @@log_bin} is then
     */
    BinlogFormat(String value, String logBin, Clusters clusters, ManagedGroups groups) {
        this.value = value;
        this.logBin = logBin;
        this.clusters = clusters;
        this.groups = groups;
    }

    private static AuroraMySql source(Plan plan) {
        Endpoint source = plan.findSource().orElseThrow();
        if (source instanceof AuroraMySql cluster) {
            return cluster;
        }
        throw new IllegalArgumentException("Not a cluster of Aurora MySQL: " + source.label());
    }

    private GroupSettings settings(StepContext context) {
        return new GroupSettings(
                groups, source(context.plan()), context.source(), values(context), Apply.PENDING_REBOOT);
    }

    /** A log that begins now holds no transaction without a GTID, so that both are switched on by one reboot. */
    private Map<String, String> values(StepContext context) {
        return bringsGtids(context)
                ? Map.of(PARAMETER, value, "gtid-mode", "ON", "enforce_gtid_consistency", "ON")
                : Map.of(PARAMETER, value);
    }

    private static boolean bringsGtids(StepContext context) {
        return context.plan() instanceof ReplicationPlan plan
                && plan.positioning() == Positioning.GTID
                && GtidsToCome.isSo(context.source());
    }

    StepDraft addTo(StepDraft draft, StepContext context) {
        AuroraMySql cluster = source(context.plan());
        GroupSettings settings = settings(context);
        StepDraft set = settings.addTo(draft, context, Target.SOURCE, "set " + new TreeMap<>(values(context)));
        StepDraft rebooted = settings.isKnown()
                ? set.and(new WaitOperation(
                        OperationInfo.reading(
                                WAIT_PENDING, Target.SOURCE, "wait until AWS says that only the reboot is missing"),
                        "the parameter group is pending-reboot on the writer of " + cluster.label(),
                        DEADLINE))
                : set;
        return reboot(rebooted, context, settings)
                .and(new WaitOperation(
                        OperationInfo.reading(WAIT, Target.SOURCE, "wait until the writer is back with the setting"),
                        "@@log_bin is " + logBin + " on " + cluster.label(),
                        DEADLINE))
                .note("The writer is out of service while it reboots; before Aurora MySQL 2.10 the readers are, too.");
    }

    private static StepDraft reboot(StepDraft draft, StepContext context, GroupSettings settings) {
        OperationInfo info = OperationInfo.changing(REBOOT, Target.SOURCE, "reboot the writer, which reads the setting")
                .disruptiveWith(Consent.WRITER_REBOOT);
        ParameterGroupCalls calls = new ParameterGroupCalls(settings.owner());
        return Clusters.writerInstance(context.source())
                .map(writer -> draft.and(calls.reboot(info, writer)))
                .orElseGet(() -> draft.and(new PersonOperation(
                        info,
                        List.of("Reboot the writer of the cluster: "
                                + calls.reboot(info, "<writer's instance>").command()),
                        PersonOperation.DEFAULT_DEADLINE)));
    }

    PollPace pace() {
        return groups.pace();
    }

    Look look(LiveContext context) {
        Optional<RdsCluster> cluster = clusters.find(source(context.plan())).map(RdsCluster::orThrowIfTerminal);
        try {
            String now = settings(context.sourceSession());
            // A step that has nothing to do does not mind a backup.
            boolean settled = context.step().operations().isEmpty()
                    || cluster.map(RdsCluster::isAvailable).orElse(true);
            String wanted = bringsGtids(context) ? "log_bin=" + logBin + ", gtid_mode=ON" : "log_bin=" + logBin;
            return now.startsWith(wanted) && settled ? Look.done(now) : missing(context, cluster, now);
        } catch (StepUnavailableException away) {
            if (context.step().operations().isEmpty()) {
                throw away;
            }
            return missing(context, cluster, "the writer does not answer");
        }
    }

    private static String settings(ServerSession source) {
        return source.queryValue("SELECT CONCAT('log_bin=', @@GLOBAL.log_bin, ', gtid_mode=', @@GLOBAL.gtid_mode)")
                .orElse("");
    }

    private Look missing(LiveContext context, Optional<RdsCluster> cluster, String evidence) {
        if (context.step().operations().isEmpty()) {
            return StepLook.missing(context, evidence, List.of(WAIT));
        }
        List<String> missing = new ArrayList<>(settings(context).missing(context));
        boolean pending = cluster.flatMap(RdsCluster::writer)
                .filter(writer -> writer.parameterGroupStatus().equals("pending-reboot"))
                .isPresent();
        boolean waits = settings(context).isKnown() && (!missing.isEmpty() || !pending);
        if (waits) {
            missing.add(WAIT_PENDING);
        }
        missing.add(REBOOT);
        missing.add(WAIT);
        return StepLook.missing(
                context,
                cluster.map(found -> evidence + ", the cluster is " + found.status())
                        .orElse(evidence),
                missing);
    }
}
