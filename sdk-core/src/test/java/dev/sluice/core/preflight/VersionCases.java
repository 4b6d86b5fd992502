// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import static dev.sluice.core.preflight.Answers.row;
import static dev.sluice.core.preflight.CheckCase.check;

import dev.sluice.api.spi.Row;
import java.util.List;
import java.util.function.Consumer;

/** What the replica refuses because its version, or what is installed there, is another. */
final class VersionCases {
    private static final Situation SHOP = Situation.healthy().plan(plan -> plan.databases("shop"));
    private static final Situation FROM_5_7 = Situation.of(
                    Server.source().version(5, 7, 22), Server.replica().version(8, 0, 31))
            .plan(plan -> plan.databases("shop"));
    private static final Situation TO_8_4 = Situation.of(
                    Server.source().version(8, 0, 31), Server.replica().version(8, 4, 5))
            .plan(plan -> plan.databases("shop"));

    static final List<CheckCase> ALL = List.of(
            check("collation-unknown", SHOP, collations("utf8mb4_nb_0900_ai_ci"), collations("utf8_bin")),
            check("reserved-words", FROM_5_7, named(true), named(false)),
            check(
                    "reserved-words-in-programs",
                    FROM_5_7,
                    body("SELECT rank FROM t"),
                    body("SELECT t.rank, `rank`, 'rank' FROM t -- rank")),
            check(
                    "removed-sql",
                    FROM_5_7,
                    body("SELECT a FROM t GROUP BY a DESC"),
                    body("SELECT a FROM t GROUP BY a ORDER BY a DESC")),
            check(
                    "float-auto-increment",
                    TO_8_4,
                    SHOP,
                    source("auto_increment", row("db", "shop", "name", "t", "col", "id"))),
            check("time-zones-missing", SHOP, zones(false), zones(true)),
            check("broken-views", SHOP, source("TABLE_COMMENT", row("db", "shop", "name", "v")), live -> {}),
            check("views-across-scope", SHOP, reading("stock"), reading("shop")),
            check("tables-encrypted", SHOP, keyring(false), keyring(true)));

    private VersionCases() {}

    private static Consumer<Live> source(String piece, Row... rows) {
        return live -> live.source.to(piece, rows);
    }

    private static Consumer<Live> collations(String used) {
        return source("information_schema.COLUMNS", row("name", used))
                .andThen(live -> live.replica.to("information_schema.COLLATIONS", row("name", "utf8mb3_bin")));
    }

    private static void reserves(Live live) {
        live.replica.to("KEYWORDS", row("word", "RANK"), row("word", "SELECT"));
    }

    private static Consumer<Live> named(boolean rank) {
        return live -> {
            reserves(live);
            if (rank) {
                live.source.to("IN ('RANK')", row("word", "rank", "db", "shop.t"));
            }
        };
    }

    private static Consumer<Live> body(String text) {
        return source("information_schema.ROUTINES", row("db", "shop", "name", "p", "body", text))
                .andThen(VersionCases::reserves);
    }

    private static Consumer<Live> zones(boolean onReplica) {
        return source("CONVERT_TZ", row("t", "2020-06-01 10:00:00")).andThen(live -> {
            if (onReplica) {
                live.replica.to("CONVERT_TZ", row("t", "2020-06-01 10:00:00"));
            }
        });
    }

    private static Consumer<Live> reading(String database) {
        return source("VIEW_TABLE_USAGE", row("db", "shop", "name", "v", "used_db", database, "used", "goods"));
    }

    private static Consumer<Live> keyring(boolean onReplica) {
        return source("CREATE_OPTIONS", row("db", "shop", "name", "t")).andThen(live -> {
            if (onReplica) {
                live.replica.to("PLUGINS", row("name", "keyring_file"));
            }
        });
    }
}
