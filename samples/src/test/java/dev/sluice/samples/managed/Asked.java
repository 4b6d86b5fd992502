// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.managed;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.coordinates.MySqlGtidSet;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.secret.Secret;
import dev.sluice.aurora.AuroraMySql;
import dev.sluice.aurora.AuroraOption;
import dev.sluice.rds.RdsMySql;
import dev.sluice.rds.RdsOption;
import dev.sluice.samples.managed.ManagedServers.Member;
import java.time.Duration;
import java.util.Optional;

/**
 * What a plan asks of a managed replica beyond what all plans do, as the option of either kind of server.
 *
 * @param rds empty if RDS has no such option
 */
record Asked(Optional<RdsOption> rds, AuroraOption aurora) {
    private static Asked of(RdsOption rds, AuroraOption aurora) {
        return new Asked(Optional.of(rds), aurora);
    }

    static Asked delay(Duration behind) {
        return of(RdsOption.delayedBy(behind), AuroraOption.delayedBy(behind));
    }

    static Asked untilPosition(String file, long position) {
        BinlogPosition point = new BinlogPosition(file, position);
        return of(RdsOption.untilPosition(point), AuroraOption.untilPosition(point));
    }

    static Asked untilGtids(String gtids) {
        MySqlGtidSet set = MySqlGtidSet.parse(gtids);
        return of(RdsOption.untilGtids(set), AuroraOption.untilGtids(set));
    }

    static Asked skippingError() {
        return of(RdsOption.skippingError(), AuroraOption.skippingError());
    }

    static Asked skippingTransaction(String gtid) {
        return of(RdsOption.skippingTransaction(gtid), AuroraOption.skippingTransaction(gtid));
    }

    static Asked leavingLog(int index) {
        return of(RdsOption.leavingLog(index), AuroraOption.leavingLog(index));
    }

    /** With the secrets {@code ca}, {@code certificate} and {@code key}. */
    static Asked tlsMaterial() {
        return new Asked(
                Optional.empty(),
                AuroraOption.tlsMaterial(Secret.named("ca"), Secret.named("certificate"), Secret.named("key")));
    }

    /** The plan between two servers, of which the replica is managed. */
    ReplicationPlan plan(Member source, Member replica) {
        ReplicationPlan plan = replica.replica() instanceof RdsMySql instance
                ? ReplicationPlan.from(source.source()).to(instance, rds.orElseThrow())
                : ReplicationPlan.from(source.source()).to((AuroraMySql) replica.replica(), aurora);
        return plan.replicationUserHost("%").withBinlogPosition();
    }
}
