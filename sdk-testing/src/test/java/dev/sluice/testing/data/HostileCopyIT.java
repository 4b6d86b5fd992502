// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.error.Problem;
import dev.sluice.api.operation.LockKind;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.verify.TableComparison;
import dev.sluice.api.verify.VerificationReport;
import dev.sluice.api.verify.VerifyListener;
import dev.sluice.core.catalog.Catalog;
import dev.sluice.core.catalog.CatalogReader;
import dev.sluice.core.catalog.StoredObject;
import dev.sluice.core.catalog.TableDefinition;
import dev.sluice.core.copy.Copier;
import dev.sluice.core.copy.CopyListener;
import dev.sluice.core.copy.CopyReport;
import dev.sluice.core.copy.CopyRequest;
import dev.sluice.core.copy.CopyRequest.ReplicaBinlog;
import dev.sluice.core.copy.IndexTiming;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.Quote;
import dev.sluice.core.mysql.SessionUse;
import dev.sluice.core.snapshot.Snapshot;
import dev.sluice.core.snapshot.SnapshotListener;
import dev.sluice.core.snapshot.SnapshotRequest;
import dev.sluice.core.snapshot.SnapshotTaker;
import dev.sluice.core.verify.Consistency;
import dev.sluice.core.verify.Verifier;
import dev.sluice.core.verify.VerifyRequest;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.SharedServers;
import dev.sluice.testservers.SharedServers.Loan;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The hostile schema through the copy inside the JVM, between real servers of all versions, compared in three ways. */
@Tag("long")
@Timeout(300)
class HostileCopyIT {
    private static final List<String> JSON_BY_MEANING = List.of("json_documents", "json_of_sql_types");
    private static final SharedServers SERVERS = SharedServers.ofThisJvm();

    @ParameterizedTest(name = "{0} to {1}, local_infile {2}, indexes {3}")
    @CsvSource({
        "5.7, 5.7, ON, AFTER_ROWS",
        "5.7, 8.0, ON, AFTER_ROWS",
        "5.7, 8.0, OFF, BY_SIZE",
        "8.0, 8.0, ON, AFTER_ROWS",
        "8.0, 8.0, OFF, BY_SIZE",
        "8.0.15, 8.0, ON, AFTER_ROWS",
        "8.0, 9, ON, AFTER_ROWS",
        "8.0, 9, OFF, BY_SIZE",
        "9, 9, ON, AFTER_ROWS"
    })
    void everythingArrivesAsItWas(String sourceVersion, String replicaVersion, String localInfile, IndexTiming indexes)
            throws SQLException {
        try (Loan source = SERVERS.borrow(MySqlRelease.named(sourceVersion), HostileCopyIT::withoutEvents);
                Loan replica = SERVERS.borrow(
                        MySqlRelease.named(replicaVersion), options -> options.setting("local_infile", localInfile))) {
            try (Connection connection = source.server().connect()) {
                HostileSchema.create(connection);
                HostileSchema.createEnumErrorValue(connection);
            }

            List<Problem> warnings = Collections.synchronizedList(new ArrayList<>());
            CopyReport report = copy(source.server(), replica.server(), warnings, indexes);

            assertThat(report.created().databases()).containsExactlyInAnyOrderElementsOf(HostileSchema.databases());
            assertThat(warnings).isEmpty();
            rowsAreEqual(source.server(), replica.server());
            verificationIsClean(source.server(), replica.server());
            if (sourceVersion.equals(replicaVersion)) {
                definitionsAreEqual(source.server(), replica.server());
            }
        }
    }

    private static dev.sluice.testservers.ServerOptions withoutEvents(dev.sluice.testservers.ServerOptions options) {
        return options.setting("event_scheduler", "OFF");
    }

    private static MySqlConnector connector(MySqlServer server) {
        return MySqlConnector.builder()
                .address(new ServerAddress(server.host(), server.port()))
                .user(server.rootUser())
                .password(server::rootPassword)
                .allowPlainText()
                .build();
    }

    private static CopyReport copy(
            MySqlServer source, MySqlServer replica, List<Problem> warnings, IndexTiming indexes) {
        MySqlConnector from = connector(source);
        AtomicReference<Catalog> catalog = new AtomicReference<>();
        SnapshotTaker taker = new SnapshotTaker(sessions -> {
            catalog.set(new CatalogReader(sessions, Scope.EVERYTHING).read());
            return catalog.get().fingerprint();
        });
        SnapshotRequest request = new SnapshotRequest(
                Scope.EVERYTHING,
                List.of(LockKind.GLOBAL_READ_LOCK),
                SnapshotRequest.DEFAULT_WINDOW,
                2,
                SnapshotRequest.DEFAULT_PATIENCE);
        try (Snapshot snapshot = taker.take(from, request, SnapshotListener.SILENT, new Cancellation())) {
            return new Copier(
                            new CopyRequest(2, ReplicaBinlog.SKIPPED_WHERE_ALLOWED)
                                    .with(indexes)
                                    .withUnitsOf(4096),
                            new Warned(warnings))
                    .copy(snapshot, from, catalog.get(), connector(replica), new Cancellation());
        }
    }

    private static Catalog catalog(MySqlServer server) {
        try (MySqlSession session = connector(server).open(SessionUse.CONTROL)) {
            return new CatalogReader(session, Scope.EVERYTHING).read();
        }
    }

    private static void rowsAreEqual(MySqlServer source, MySqlServer replica) throws SQLException {
        for (TableDefinition table : catalog(source).tables()) {
            if (JSON_BY_MEANING.contains(table.name().table())) {
                continue; // a decimal in a document is a double afterwards, and -0 of 5.7 an integer
            }
            assertThat(rows(replica, table)).as("rows of " + table.name()).isEqualTo(rows(source, table));
        }
    }

    /** Every column's stored bytes, generated and invisible ones too; of approximate numbers all digits; sorted. */
    private static List<String> rows(MySqlServer server, TableDefinition table) throws SQLException {
        String columns = table.columns().stream()
                .map(column -> switch (column.dataType()) {
                    case "float", "double" -> Quote.identifier(column.name()) + " * 1E0";
                    case "enum", "set" ->
                        "CAST(" + Quote.identifier(column.name()) + " AS UNSIGNED), HEX("
                                + Quote.identifier(column.name()) + ")";
                    default -> Quote.identifier(column.name());
                })
                .collect(Collectors.joining(", "));
        List<String> rows = new ArrayList<>();
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET time_zone = '+00:00', character_set_results = NULL");
            statement.setEscapeProcessing(false);
            try (ResultSet result =
                    statement.executeQuery("SELECT " + columns + " FROM " + Quote.identifier(table.name()))) {
                while (result.next()) {
                    rows.add(row(result));
                }
            }
        }
        Collections.sort(rows);
        return rows;
    }

    private static String row(ResultSet result) throws SQLException {
        StringBuilder row = new StringBuilder();
        for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
            byte[] value = result.getBytes(column);
            row.append(value == null ? "NULL" : HexFormat.of().formatHex(value)).append(' ');
        }
        return row.toString();
    }

    private static void verificationIsClean(MySqlServer source, MySqlServer replica) {
        VerificationReport report = new Verifier()
                .verify(
                        connector(source),
                        connector(replica),
                        VerifyRequest.of(Scope.EVERYTHING, Consistency.STANDING_STILL),
                        VerifyListener.NONE,
                        new Cancellation());

        assertThat(report.structure()).isEmpty();
        assertThat(report.tables())
                .filteredOn(table -> table.result() != TableComparison.Result.EQUAL)
                .isEmpty();
    }

    /** In the server's own words; only events may say that they are disabled. */
    private static void definitionsAreEqual(MySqlServer source, MySqlServer replica) {
        Catalog there = catalog(source);
        Catalog here = catalog(replica);
        assertThat(here.databases()).isEqualTo(there.databases());
        assertThat(here.tables())
                .extracting(TableDefinition::name)
                .isEqualTo(there.tables().stream().map(TableDefinition::name).toList());
        for (int i = 0; i < there.tables().size(); i++) {
            TableDefinition copied = here.tables().get(i);
            TableDefinition original = there.tables().get(i);
            assertThat(plain(copied)).isEqualTo(plain(original));
            assertThat(copied.exactDefaults())
                    .as("defaults of " + original.name())
                    .isEqualTo(original.exactDefaults());
        }
        assertThat(objects(here)).isEqualTo(objects(there));
    }

    /** A column that inherited its table's character set says it from 8.0.11 on, once it was created from its own definition. */
    private static String plain(TableDefinition table) {
        return table.createStatement().replaceAll(" CHARACTER SET \\w+(?= COLLATE)", "");
    }

    private static List<String> objects(Catalog catalog) {
        return catalog.objects().stream()
                .map(object -> object.kind() == StoredObject.Kind.EVENT
                        ? object + " " + object.setting()
                        : object + " " + object.setting() + object.createStatement())
                .toList();
    }

    /** Remembers warnings. */
    private record Warned(List<Problem> warnings) implements CopyListener {
        @Override
        public void planned(TableName table, long estimatedRows, long estimatedBytes) {}

        @Override
        public void progress(TableName table, long rows, long bytes) {}

        @Override
        public void tableDone(TableName table, long rows, long bytes) {}

        @Override
        public void warning(Problem problem) {
            warnings.add(problem);
        }
    }
}
