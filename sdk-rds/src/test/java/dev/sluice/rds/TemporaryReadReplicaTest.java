// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.RunId;
import dev.sluice.api.secret.Secret;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.SeedOffer;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.core.mysql.ServerErrorCode;
import dev.sluice.rds.managed.ToldAddress;
import dev.sluice.testing.MockContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The temporary read replica without any server: what is shown beforehand, and what is believed of what it says. */
class TemporaryReadReplicaTest {
    private static final String HOST = "orders.c9akciq32rgh.eu-west-1.rds.amazonaws.com";
    private static final RdsMySql SOURCE = RdsMySql.instance("orders")
            .region("eu-west-1")
            .credentials("admin", Secret.env("A"))
            .at(HOST, 3307);
    private static final RdsMySql REPLICA =
            RdsMySql.instance("orders-copy").region("eu-west-1").credentials("admin", Secret.env("B"));
    private static final ReplicationPlan PLAN =
            ReplicationPlan.from(SOURCE).to(REPLICA).retainBinlogs(Duration.ofHours(24));

    private final SeedOffer offer = new TemporaryReadReplica(null);
    private final Map<String, @Nullable String> status = new LinkedHashMap<>();
    private final Map<String, String> variables = new HashMap<>();
    private @Nullable String gtids;
    private long keptUpTo = 5000;

    TemporaryReadReplicaTest() {
        status.put("Source_Host", "10.1.2.3");
        status.put("Source_Port", "3306");
        status.put("Source_UUID", source(HOST).serverUuid());
        status.put("Source_Log_File", "mysql-bin-changelog.000007");
        status.put("Read_Source_Log_Pos", "5000");
        status.put("Relay_Source_Log_File", "mysql-bin-changelog.000007");
        status.put("Exec_Source_Log_Pos", "4278");
        halves("No", "No");
        variables.put("replica_parallel_workers", "4");
        variables.put("replica_preserve_commit_order", "ON");
    }

    private void halves(String receiver, String applier) {
        status.put("Replica_IO_Running", receiver);
        status.put("Replica_SQL_Running", applier);
    }

    private static ServerFacts source(String host) {
        return RdsFacts.mysql80().of(RdsEngine.ID, new ServerAddress(host, 3307));
    }

    private static MockContext context(String host) {
        return MockContext.of(PLAN, source(host), RdsFacts.replica(RdsFacts.mysql80()));
    }

    private Look look() {
        return look(this::answer);
    }

    private Look look(ServerSession seed) {
        ServerSession kept = sql -> List.of(row("Log_name", "mysql-bin-changelog.000007", "File_size", "" + keptUpTo));
        MockContext context =
                context(HOST).sourceSession(kept).seedSession(seed).at(offer.step());
        return offer.step().look(context);
    }

    private List<Row> answer(String sql) {
        if (sql.contains("REPLICA STATUS") || sql.contains("SLAVE STATUS")) {
            return List.of(Row.of(status));
        }
        if (sql.contains("parallel_workers")) {
            return variables.entrySet().stream()
                    .map(one -> row("Variable_name", one.getKey(), "Value", one.getValue()))
                    .toList();
        }
        assertThat(sql).contains("GTID_SUBTRACT");
        Map<String, @Nullable String> set = new HashMap<>();
        set.put("gtids", gtids);
        return List.of(Row.of(set));
    }

    private static Row row(String first, String value, String second, String other) {
        return Row.of(Map.of(first, value, second, other));
    }

    private static List<String> missing(Look look) {
        return ((Look.Missing) look).operationIds();
    }

    private void refusedAs(String code) {
        assertThatThrownBy(this::look)
                .isInstanceOfSatisfying(
                        StepRefusedException.class,
                        refused -> assertThat(refused.code().id()).isEqualTo(code));
    }

    @Test
    void theCallsAreShownAsCommandsWithTheirUndo() {
        StepDraft draft = offer.step().compile(context(HOST));

        Operation create = draft.operations().get(0);
        assertThat(create.preview().get(1))
                .isEqualTo("aws rds create-db-instance-read-replica --region eu-west-1"
                        + " --db-instance-identifier sluice-<run> --source-db-instance-identifier orders"
                        + " --vpc-security-group-ids $(aws rds describe-db-instances --region eu-west-1"
                        + " --db-instance-identifier orders"
                        + " --query 'DBInstances[0].VpcSecurityGroups[].VpcSecurityGroupId' --output text)"
                        + " $(aws rds describe-db-instances --region eu-west-1 --db-instance-identifier orders"
                        + " --query \"DBInstances[0].PubliclyAccessible && '--publicly-accessible'"
                        + " || '--no-publicly-accessible'\" --output text)"
                        + " --tags Key=sluice-run,Value=<run>");
        Undo undo = create.info().undos().get(0);
        assertThat(undo.scope()).isEqualTo(UndoScope.TEMPORARY);
        assertThat(undo.preview().get(1))
                .isEqualTo("aws rds delete-db-instance --region eu-west-1 --db-instance-identifier sluice-<run>"
                        + " --skip-final-snapshot --delete-automated-backups");
    }

    @Test
    void withoutClientsItsAddressFollowsFromTheSources() {
        assertThat(offer.unfit(context(HOST))).isEmpty();
        assertThat(offer.server(context(HOST), new RunId("r-1")).flatMap(Endpoint::address))
                .contains(new ServerAddress("sluice-r-1.c9akciq32rgh.eu-west-1.rds.amazonaws.com", 3307));
    }

    @Test
    void withoutClientsAndWithoutAnAddressOfAwsAPersonTellsWhereItAnswers() {
        MockContext unnamed = context("db.corp.example");

        assertThat(offer.unfit(unnamed)).isEmpty();
        assertThat(offer.step().compile(unnamed).operations())
                .extracting(Operation::id)
                .containsExactly(
                        HoldReadReplica.CREATE,
                        ToldAddress.TELL,
                        HoldReadReplica.WAIT,
                        HoldReadReplica.STOP,
                        HoldReadReplica.TELL);
        assertThat(offer.server(unnamed, new RunId("r-1"), operation -> Optional.of("copy.corp.example"))
                        .flatMap(Endpoint::address))
                .contains(new ServerAddress("copy.corp.example", 3306));
    }

    @Test
    void logsThatNobodyKeepsAreSaidBeforehand() {
        MockContext unkept = MockContext.of(
                ReplicationPlan.from(SOURCE).to(REPLICA), source(HOST), RdsFacts.replica(RdsFacts.mysql80()));

        assertThat(offer.unfit(unkept))
                .extracting(Problem::code)
                .extracting(code -> code.id())
                .containsExactly("RDS-306");
    }

    @Test
    void itIsWaitedForUntilBothHalvesRun() {
        halves("Connecting", "Yes");
        assertThat(missing(look())).containsExactly(HoldReadReplica.WAIT, HoldReadReplica.STOP, HoldReadReplica.TELL);

        halves("Yes", "Yes");
        assertThat(missing(look())).containsExactly(HoldReadReplica.STOP, HoldReadReplica.TELL);
    }

    @Test
    void whatHasNeverConnectedIsWaitedFor() {
        status.put("Source_UUID", "");

        assertThat(missing(look())).contains(HoldReadReplica.WAIT);
    }

    @Test
    void itIsAskedForAsLongAsNobodyAnswers() {
        Look look = look(sql -> {
            throw new StepUnavailableException(Problem.of(ServerErrorCode.HOST_UNKNOWN, "no such host"));
        });

        assertThat(missing(look)).startsWith(HoldReadReplica.CREATE);
    }

    @Test
    void whereItStandsIsWhatWasAppliedNotWhatWasFetched() {
        Coordinates coordinates = ((Look.Done) look()).coordinates().orElseThrow();

        assertThat(coordinates.position()).hasToString("mysql-bin-changelog.000007:4278");
        assertThat(coordinates.serverUuid()).isEqualTo(source(HOST).serverUuid());
        assertThat(coordinates.gtids()).isEmpty();
    }

    @Test
    void gtidsAreTakenWhereTheSourceHasThem() {
        gtids = "11111111-1111-1111-1111-111111111111:1-7";

        assertThat(((Look.Done) look())
                        .coordinates()
                        .flatMap(Coordinates::gtids)
                        .map(Object::toString))
                .isEqualTo(Optional.of("11111111-1111-1111-1111-111111111111:1-7"));
    }

    @Test
    void aReplicaThatFailedIsNotReadFrom() {
        status.put("Last_SQL_Errno", "1062");
        status.put("Last_SQL_Error", "Duplicate entry");

        refusedAs("RDS-301");
    }

    @Test
    void aReplicaOfAnotherServerIsRefused() {
        status.put("Source_UUID", "99999999-9999-9999-9999-999999999999");

        refusedAs("RDS-302");
    }

    @Test
    void aFilterIsRefusedUnlessItIsTheOneOfRds() {
        status.put("Replicate_Ignore_Table", "mysql.plugin,mysql.rds_sysinfo,innodb_memcache.config_options");
        assertThat(look()).isInstanceOf(Look.Done.class);

        status.put("Replicate_Ignore_Table", "mysql.plugin,shop.item");
        refusedAs("RDS-303");

        status.remove("Replicate_Ignore_Table");
        status.put("Replicate_Do_DB", "shop");
        refusedAs("RDS-303");
    }

    @Test
    void aPositionWithGapsBeforeItIsRefused() {
        variables.put("replica_preserve_commit_order", "OFF");
        refusedAs("RDS-304");

        variables.put("replica_parallel_workers", "1");
        assertThat(look()).isInstanceOf(Look.Done.class);
    }

    @Test
    void aPositionThatTheSourceDoesNotKeepIsRefused() {
        keptUpTo = 4277;

        refusedAs("RDS-305");
    }
}
