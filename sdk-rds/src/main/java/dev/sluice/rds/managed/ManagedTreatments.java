// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import static dev.sluice.api.operation.OperationSecret.REPLICATION_PASSWORD;

import dev.sluice.api.diagnosis.ChannelState;
import dev.sluice.api.diagnosis.StuckTransaction;
import dev.sluice.api.facts.Routine;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.spi.ReplicaTreatments;
import dev.sluice.api.spi.ReplicaTreatments.Pointing.Link;
import dev.sluice.api.spi.ReplicaTreatments.Pointing.Login;
import dev.sluice.api.spi.Symptoms;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.Sql;
import dev.sluice.rds.managed.ManagedDialect.Encryption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Replicas of RDS and Aurora are treated by the procedures that they have for it. A replica that AWS itself lets follow another server is not
 * touched. Settings are in parameter groups and not set here.
 */
final class ManagedTreatments implements ReplicaTreatments {
    /** What the procedure that goes on with the next file takes every source's files to be called. */
    private static final String FILES = "mysql-bin-changelog.";

    @Override
    public List<Operation> start(Symptoms symptoms) {
        return isOfAws(symptoms) ? List.of() : List.of(ReplicationStart.stopHalf(), starting());
    }

    private static Operation starting() {
        return ManagedDialect.call(
                OperationInfo.changing(ReplicationStart.START, Target.REPLICA, "start replication"),
                ManagedDialect.START);
    }

    @Override
    public List<Operation> skip(Symptoms symptoms) {
        Optional<StuckTransaction> stuck = symptoms.stuck();
        if (stuck.isEmpty() || isOfAws(symptoms)) {
            return List.of();
        }
        ManagedDialect dialect = ManagedDialect.of(symptoms.replica());
        if (stuck.get().hasGtid()) {
            return dialect.has(ManagedDialect.SKIP_TRANSACTION, 1)
                    ? List.of(ReplicationStart.stopHalf(), skipping(stuck.get().gtid()), starting())
                    : List.of();
        }
        return dialect.has(ManagedDialect.SKIP_ERROR, 0) && !symptoms.replica().gtidsOn()
                ? List.of(ManagedDialect.call(
                        leavingOut("leave out the change at which the applier stopped, and start"),
                        ManagedDialect.SKIP_ERROR))
                : List.of();
    }

    private static Operation skipping(String gtid) {
        return ManagedDialect.call(
                leavingOut("leave out the transaction " + gtid),
                ManagedDialect.SKIP_TRANSACTION,
                Sql.text("CALL mysql." + ManagedDialect.SKIP_TRANSACTION + "(")
                        .literal(gtid)
                        .text(")")
                        .build());
    }

    @Override
    public List<Operation> nextLog(Symptoms symptoms) {
        ChannelState channel = channel(symptoms);
        Optional<Routine> next = ManagedDialect.of(symptoms.replica()).nextLog();
        Optional<String> index = channel.receiver()
                .position()
                .map(position -> position.file())
                .filter(file -> file.matches(FILES.replace(".", "\\.") + "\\d{1,9}"))
                .map(file -> file.substring(FILES.length()));
        if (next.isEmpty() || index.isEmpty() || channel.autoPosition() || isOfAws(symptoms)) {
            return List.of();
        }
        return List.of(ManagedDialect.call(
                leavingOut("leave out the rest of the log file that cannot be read, and start"),
                next.get().name(),
                Statement.of("CALL mysql." + next.get().name() + "(" + Long.parseLong(index.get()) + ")")));
    }

    private static OperationInfo leavingOut(String purpose) {
        return OperationInfo.changing(Repair.SKIP, Target.REPLICA, purpose).disruptiveWith(Consent.SKIPPED_CHANGES);
    }

    /** No procedure throws a relay log away and keeps the place. */
    @Override
    public List<Operation> fetchAgain(Symptoms symptoms) {
        return List.of();
    }

    /** The procedure that points a replica takes the password every time, and with GTIDs alone keeps the place. */
    @Override
    public List<Operation> point(Symptoms symptoms, Pointing pointing) {
        ManagedDialect dialect = ManagedDialect.of(symptoms.replica());
        if (isOfAws(symptoms) || pointing.link() == Link.KEY_OF_SOURCE) {
            return List.of();
        }
        boolean moves = !pointing.source().equals(channel(symptoms).source());
        if (pointing.login() == Login.AS_IT_IS) {
            return pointing.link() == Link.TLS && !moves && dialect.encryption() == Encryption.SWITCH
                    ? List.of(ReplicationStart.stopHalf(), encrypting(), starting())
                    : List.of();
        }
        return channel(symptoms).autoPosition()
                ? dialect.autoPosition()
                        .map(procedure -> pointed(symptoms, pointing, procedure))
                        .orElse(List.of())
                : List.of();
    }

    private static List<Operation> pointed(Symptoms symptoms, Pointing pointing, Routine procedure) {
        List<Operation> all = new ArrayList<>();
        all.add(ReplicationStart.stopHalf());
        all.add(ManagedDialect.call(
                OperationInfo.changing(
                        SourcePointing.SET_EXTERNAL,
                        Target.REPLICA,
                        "point the replica at " + pointing.source() + ", after the GTIDs that it has"),
                procedure.name(),
                call(symptoms, pointing, procedure)));
        if (isEncrypted(symptoms, pointing)
                && ManagedDialect.of(symptoms.replica()).encryption() == Encryption.SWITCH) {
            all.add(encrypting());
        }
        all.add(starting());
        return all;
    }

    private static Statement call(Symptoms symptoms, Pointing pointing, Routine procedure) {
        Sql.Builder call = Sql.text("CALL mysql." + procedure.name() + "(")
                .literal(pointing.source().host())
                .text(", ")
                .number(pointing.source().port())
                .text(", ")
                .literal(channel(symptoms).user())
                .text(", ")
                .secret(REPLICATION_PASSWORD)
                .text(", ")
                .number(encryptionArgument(symptoms, pointing));
        return (procedure.parameters().size() == 6 ? call.text(", ").number(delay(symptoms)) : call)
                .text(")")
                .build();
    }

    private static int encryptionArgument(Symptoms symptoms, Pointing pointing) {
        Encryption encryption = ManagedDialect.of(symptoms.replica()).encryption();
        boolean byArgument = encryption == Encryption.ARGUMENT || encryption == Encryption.IMPORTED_MATERIAL;
        return byArgument && isEncrypted(symptoms, pointing) ? 1 : 0;
    }

    private static boolean isEncrypted(Symptoms symptoms, Pointing pointing) {
        return pointing.link() == Link.TLS || channel(symptoms).tls();
    }

    /** The procedure sets it every time. */
    private static long delay(Symptoms symptoms) {
        return symptoms.replicaSession()
                .queryOne(Dialect.of(symptoms.replica().version()).showReplicaStatus())
                .flatMap(status -> status.find("SQL_Delay"))
                .map(Long::parseLong)
                .orElse(0L);
    }

    private static Operation encrypting() {
        return ManagedDialect.call(
                OperationInfo.changing(SourcePointing.ENCRYPT, Target.REPLICA, "encrypt the connection to the source"),
                ManagedDialect.SET_SSL,
                Statement.of("CALL mysql." + ManagedDialect.SET_SSL + "(1)"));
    }

    @Override
    public List<Operation> set(Symptoms symptoms, String variable, String value) {
        return List.of();
    }

    private static ChannelState channel(Symptoms symptoms) {
        return symptoms.channel().orElseThrow(() -> new IllegalStateException("No channel is configured"));
    }

    private static boolean isOfAws(Symptoms symptoms) {
        return ManagedSteps.isManagedReplica(symptoms.replica());
    }
}
