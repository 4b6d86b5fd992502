// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.operation.LockKind;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.SessionUse;
import dev.sluice.testservers.MySqlRelease;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("long")
class ScopeTablesIT {
    private static final TableName CHILD = TableName.of("app", "child");
    private static final TableName PARENT = TableName.of("other", "parent");
    private static final TableName GRANDPARENT = TableName.of("other", "grandparent");
    private static final Scope ONLY_CHILD = new Scope(List.of(), List.of(CHILD), List.of(), List.of());

    private static Source withFamily(MySqlRelease release) {
        Source source = Source.of(release);
        source.execute(
                "CREATE DATABASE other",
                "CREATE TABLE other.grandparent (id INT PRIMARY KEY)",
                "CREATE TABLE other.parent (id INT PRIMARY KEY,"
                        + " FOREIGN KEY (id) REFERENCES other.grandparent (id) ON DELETE CASCADE)",
                "CREATE TABLE app.child (id INT PRIMARY KEY,"
                        + " FOREIGN KEY (id) REFERENCES other.parent (id) ON DELETE CASCADE)",
                "INSERT INTO other.grandparent VALUES (1)",
                "INSERT INTO other.parent VALUES (1)",
                "INSERT INTO app.child VALUES (1)");
        return source;
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void ancestorsAreLockedWhereTheServerDoesNotDoItByItself(MySqlRelease release) {
        try (Source source = withFamily(release);
                MySqlSession session = source.connector().open(SessionUse.CONTROL)) {
            Set<TableName> tables = ScopeTables.of(session, ONLY_CHILD);

            assertThat(tables).containsExactly(CHILD);
            assertThat(ScopeTables.toLock(session, tables))
                    .containsExactlyElementsOf(
                            release == MySqlRelease.MYSQL_5_7 ? List.of(CHILD, GRANDPARENT, PARENT) : List.of(CHILD));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void noCascadeReachesTheScopeUnderItsLock(MySqlRelease release) throws Exception {
        try (Source source = withFamily(release)) {
            SnapshotRequest request = new SnapshotRequest(
                    ONLY_CHILD, List.of(LockKind.TABLE_WRITE_LOCKS), Duration.ofSeconds(20), 1, Duration.ZERO);
            CascadeUnderTheLock opener = new CascadeUnderTheLock(source);

            new SnapshotTaker(TestDefinitions.of(ONLY_CHILD))
                    .hold(source.connector(), request, opener, SnapshotListener.SILENT, new Cancellation());

            assertThat(opener.endedUnderTheLock).isFalse();
            assertThat(opener.delete.endsWithin(Source.SOON)).isTrue();
            assertThat(source.value("SELECT COUNT(*) FROM app.child")).isEqualTo("0");
        }
    }

    private static final class CascadeUnderTheLock implements SnapshotOpener {
        private final Source source;
        private Background<Void> delete = Background.of(() -> null);
        private boolean endedUnderTheLock;

        CascadeUnderTheLock(Source source) {
            this.source = source;
        }

        @Override
        public void prepare(Cancellation cancellation) {}

        @Override
        public void open(LockWindow window) {
            try {
                delete = source.background("DELETE FROM other.grandparent");
            } catch (java.sql.SQLException failure) {
                throw new IllegalStateException(failure);
            }
            endedUnderTheLock = delete.endsWithin(Duration.ofMillis(500));
        }

        @Override
        public void discard() {}
    }

    @Test
    void viewsAndWhatIsExcludedAreNotLocked() {
        try (Source source = Source.of(MySqlRelease.MYSQL_8_0_31);
                MySqlSession session = source.connector().open(SessionUse.CONTROL)) {
            source.execute(
                    "CREATE TABLE app.`in ``this``` (id INT)",
                    "CREATE TABLE app.excluded (id INT)",
                    "CREATE VIEW app.seen AS SELECT 1");
            Scope scope = new Scope(List.of("app"), List.of(), List.of(), List.of(TableName.of("app", "excluded")));

            assertThat(ScopeTables.of(session, scope))
                    .containsExactly(TableName.of("app", "in `this`"), TableName.of("app", "probe"));
        }
    }

    @Test
    void aScopeWithoutTablesNeedsNoTableLock() {
        try (Source source = Source.of(MySqlRelease.MYSQL_8_0_31)) {
            source.execute("DROP TABLE app.probe");

            try (Snapshot snapshot = source.take(LockKind.TABLE_WRITE_LOCKS)) {
                assertThat(snapshot.coordinates().position().position()).isPositive();
            }
        }
    }
}
