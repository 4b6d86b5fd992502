// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.plan.TableName;
import dev.sluice.core.catalog.Catalog;
import dev.sluice.core.catalog.DatabaseDefinition;
import dev.sluice.core.catalog.StoredObject;
import dev.sluice.core.catalog.StoredObject.Kind;
import dev.sluice.core.catalog.TableDefinition;
import dev.sluice.core.copy.CreatedObjects;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.SharedServers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the undos of a copy drop on a server, wherever the copy stood. */
@Timeout(120)
class CopyUndosIT {
    private static final Catalog CATALOG = new Catalog(
            "utf8mb4_general_ci",
            List.of(new DatabaseDefinition("shop", "utf8mb4", "utf8mb4_general_ci")),
            Stream.of("z_parent", "a_child", "od`d").map(CopyUndosIT::table).toList(),
            Stream.of(Kind.FUNCTION, Kind.PROCEDURE, Kind.VIEW, Kind.EVENT)
                    .map(CopyUndosIT::object)
                    .toList());

    private static TableDefinition table(String name) {
        return new TableDefinition(
                TableName.of("shop", name),
                "CREATE TABLE x (id INT)",
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                new TableDefinition.Size("InnoDB", 0, 0));
    }

    private static StoredObject object(Kind kind) {
        return new StoredObject(
                kind,
                "shop",
                "the_" + kind.name().toLowerCase(java.util.Locale.ROOT),
                "",
                "",
                new StoredObject.Setting("", "utf8mb4", "utf8mb4_general_ci", "", ""));
    }

    /** Newest first, each as its guard demands, with what its guard found if it is left. */
    private static List<String> play(MySqlServer server) {
        List<Undo> undos = new ArrayList<>(CopyUndos.of(CreatedObjects.of(CATALOG, Set.of()), CATALOG));
        Collections.reverse(undos);
        List<String> left = new ArrayList<>();
        for (Undo undo : undos) {
            String found = undo.onlyIf()
                    .map(only -> server.query(only.query()).get(0).get(0))
                    .orElse("");
            if (found.isEmpty()) {
                server.execute(
                        undo.statements().stream().map(Statement::preview).toArray(String[]::new));
            } else {
                left.add(found);
            }
        }
        return left;
    }

    private static void copied(MySqlServer server) {
        server.execute(
                "CREATE DATABASE shop",
                "CREATE TABLE shop.z_parent (id INT PRIMARY KEY)",
                "CREATE TABLE shop.a_child (id INT PRIMARY KEY, p INT, FOREIGN KEY (p) REFERENCES shop.z_parent (id))",
                "CREATE TABLE shop.`od``d` (id INT PRIMARY KEY)",
                "CREATE FUNCTION shop.the_function() RETURNS INT DETERMINISTIC RETURN 1",
                "CREATE PROCEDURE shop.the_procedure() SELECT 1",
                "CREATE VIEW shop.the_view AS SELECT id FROM shop.z_parent",
                "CREATE EVENT shop.the_event ON SCHEDULE EVERY 1 DAY DISABLE DO SELECT 1");
    }

    @ParameterizedTest
    @EnumSource(
            value = MySqlRelease.class,
            names = {"MYSQL_5_7", "MYSQL_8_0_31"})
    void takeAllOfItAndNothingElse(MySqlRelease release) {
        takeAllOfItFrom(release);
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource(
            value = MySqlRelease.class,
            names = {"MYSQL_8_0_15", "MYSQL_9"})
    void takeAllOfItFromOtherServersAsWell(MySqlRelease release) {
        takeAllOfItFrom(release);
    }

    private static void takeAllOfItFrom(MySqlRelease release) {
        try (var loan = SharedServers.ofThisJvm().borrow(release, options -> options)) {
            MySqlServer server = loan.server();
            // Before the copy has made anything at all.
            assertThatCode(() -> assertThat(play(server)).isEmpty()).doesNotThrowAnyException();

            copied(server);
            assertThat(play(server)).isEmpty();
            assertThat(server.query("SHOW DATABASES LIKE 'shop'")).isEmpty();

            copied(server);
            server.execute(
                    "CREATE TABLE shop.later (id INT, p INT, FOREIGN KEY (p) REFERENCES shop.z_parent (id))",
                    "CREATE PROCEDURE shop.later_too() SELECT 1",
                    "CREATE EVENT shop.later_still ON SCHEDULE EVERY 1 DAY DISABLE DO SELECT 1");
            assertThat(play(server)).containsExactly("later, later_too, later_still");
            assertThat(server.query("SHOW TABLES IN shop").toString()).isEqualTo("[[later]]");
            assertThat(server.query(
                                    "SELECT ROUTINE_NAME FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = 'shop'")
                            .toString())
                    .isEqualTo("[[later_too]]");
            server.execute("DROP DATABASE shop");
        }
    }
}
