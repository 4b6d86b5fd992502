// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import dev.sluice.testservers.MySqlServer;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Wide rows, BLOBs, JSON, text under a composite key, and many small tables. */
record MixedRows(long rows) implements DataSet {
    private static final int SMALL_TABLES = 300;
    private static final int SMALL_ROWS = 100;
    private static final int WIDE_COLUMNS = 40;

    /** Of a digest. */
    static final int PART_BYTES = 64;

    @Override
    public String name() {
        return "mixed";
    }

    @Override
    public String description() {
        return String.format(
                Locale.ROOT,
                "%,d wide rows, %,d BLOBs of 20 to 200 kB, ten of 4 MB, %,d JSON documents, %,d rows under a composite key,"
                        + " %,d tables of %,d rows",
                wide(),
                blobs(),
                documents(),
                events(),
                SMALL_TABLES,
                SMALL_ROWS);
    }

    private long wide() {
        return Math.max(10, rows / 20);
    }

    private long blobs() {
        return Math.max(10, rows / 2_000);
    }

    private long documents() {
        return Math.max(10, rows / 20);
    }

    private long events() {
        return Math.max(10, rows / 5);
    }

    @Override
    public double limitSeconds() {
        return 1 + rows * 3.5e-6;
    }

    @Override
    public void create(MySqlServer source) throws SQLException {
        Filler.freshDatabase(source);
        List<Parallel.Work<Filler>> parts = List.of(
                this::createWide, this::createBlobs, this::createDocuments, this::createEvents, this::createSmall);
        Parallel.forEach(parts, 2, part -> {
            try (Filler filler = Filler.on(source)) {
                filler.run("USE " + BenchCommand.DATABASE);
                part.on(filler);
            }
        });
    }

    private void createWide(Filler filler) throws SQLException {
        List<String> names =
                IntStream.range(0, WIDE_COLUMNS).mapToObj(i -> "c" + i).toList();
        List<String> types = List.of(
                "INT",
                "BIGINT UNSIGNED",
                "DECIMAL(18,4)",
                "DOUBLE",
                "DATETIME(6)",
                "VARCHAR(80)",
                "VARBINARY(60)",
                "TEXT");
        filler.run("CREATE TABLE wide (id BIGINT NOT NULL PRIMARY KEY, "
                + IntStream.range(0, WIDE_COLUMNS)
                        .mapToObj(i -> names.get(i) + " " + types.get(i % types.size()))
                        .collect(Collectors.joining(", "))
                + ", KEY by_number (c0), KEY by_text (c5))");
        filler.fill(
                "wide",
                String.join(", ", names),
                IntStream.range(0, WIDE_COLUMNS)
                        .mapToObj(i -> wideValue(i, i % types.size()))
                        .collect(Collectors.joining(", ")),
                wide());
    }

    private static String wideValue(int column, int type) {
        String seed = "CONCAT(id, 'w" + column + "')";
        return switch (type) {
            case 0 -> "CAST(CRC32(" + seed + ") AS SIGNED) - 2147483648";
            case 1 -> "CRC32(" + seed + ") * 4294967291";
            case 2 -> "IF(id % 5 = 0, NULL, CRC32(" + seed + ") / 7)";
            case 3 -> "CRC32(" + seed + ") / 3e5";
            case 4 -> "TIMESTAMP('2001-02-03 04:05:06.789') + INTERVAL CRC32(" + seed + ") / 10 SECOND";
            case 5 -> "CONCAT('Größe № ', " + Filler.hash(seed) + ")";
            case 6 -> "UNHEX(SHA2(" + seed + ", 384))";
            default -> "IF(id % 3 = 0, NULL, REPEAT(CONCAT('a line\\n', " + Filler.hash(seed) + ", '\\t'), 2))";
        };
    }

    private void createBlobs(Filler filler) throws SQLException {
        filler.run("CREATE TABLE files (id BIGINT NOT NULL PRIMARY KEY, name VARCHAR(80) NOT NULL, content LONGBLOB,"
                + " KEY by_name (name))");
        filler.fill(
                "files",
                "name, content",
                Filler.hash("id") + ", REPEAT(CONCAT(" + binary(16) + "), 20 + CRC32(id) % 180)",
                blobs());
        filler.run("CREATE TABLE big_files (id BIGINT NOT NULL PRIMARY KEY, content LONGBLOB)");
        filler.fill("big_files", "content", "REPEAT(CONCAT(" + binary(16) + "), 4096)", 10);
    }

    /** So many parts of {@link #PART_BYTES} each, which hold every byte that somebody has to escape. */
    static String binary(int parts) {
        return IntStream.range(0, parts)
                .mapToObj(i -> "UNHEX(SHA2(CONCAT(id, 'b" + i + "'), 512))")
                .collect(Collectors.joining(", "));
    }

    /** Numbers as a double: of a decimal, which JSON's text does not tell apart, every copy by text makes one. */
    private void createDocuments(Filler filler) throws SQLException {
        filler.run("CREATE TABLE documents (id BIGINT NOT NULL PRIMARY KEY, kind ENUM('small','large') NOT NULL,"
                + " body JSON, KEY by_kind (kind, id))");
        filler.fill(
                "documents",
                "kind, body",
                "1 + id % 2, JSON_OBJECT('id', id, 'name', CONCAT('Ünïcode \"quoted\" ', " + Filler.hash("id")
                        + "), 'price', id / 8e0,"
                        + " 'tags', JSON_ARRAY('a', TRUE, NULL, " + Filler.hash("id + 1")
                        + "), 'nested', JSON_OBJECT('path', 'C:\\\\tmp',"
                        + " 'lines', REPEAT('line\\n', id % 40)))",
                documents());
    }

    private void createEvents(Filler filler) throws SQLException {
        filler.run("CREATE TABLE events (tenant VARCHAR(40) CHARACTER SET ascii NOT NULL, id BIGINT UNSIGNED NOT NULL,"
                + " happened DATETIME(6) NOT NULL, kind SET('a','b','c') NOT NULL, note VARCHAR(200),"
                + " PRIMARY KEY (tenant, id), KEY by_id (id), KEY by_time (happened))");
        filler.fill(
                "events",
                "tenant, happened, kind, note",
                "CONCAT('tenant-', POW(id % 30, 2)), TIMESTAMP('2020-01-01') + INTERVAL CRC32(id) / 10 SECOND, id % 8,"
                        + " IF(id % 4 = 0, NULL, CONCAT(" + Filler.hash("id") + ", ' \uD83D\uDE80'))",
                events());
    }

    private void createSmall(Filler filler) throws SQLException {
        for (int i = 0; i < SMALL_TABLES; i++) {
            filler.run(
                    "CREATE TABLE small_" + i + " (id INT NOT NULL PRIMARY KEY, name VARCHAR(80), KEY by_name (name))");
            filler.fill("small_" + i, "name", Filler.hash("id"), SMALL_ROWS);
        }
    }
}
