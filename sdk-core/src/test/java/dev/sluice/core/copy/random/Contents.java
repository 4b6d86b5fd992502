// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy.random;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.testservers.MySqlServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All that a table holds, exactly.
 *
 * @param create without the counter, which may be higher on a replica
 * @param rows in some order that is always the same, each value exactly
 * @param checksum 0 where it is not stable
 */
public record Contents(String create, List<String> rows, String checksum) {
    private static final JsonFactory JSON = new JsonFactory();

    /**
     * Reads a table.
     *
     * @param sameVersion whether it is compared with one on a server of the same version, so that no text is written in another way
     */
    public static Contents of(MySqlServer server, String table, boolean sameVersion) {
        List<Column> columns = server
                .query(
                        "SELECT COLUMN_NAME, DATA_TYPE, EXTRA FROM information_schema.COLUMNS WHERE CONCAT(TABLE_SCHEMA, '.',"
                                + " TABLE_NAME) = '" + table + "' ORDER BY ORDINAL_POSITION")
                .stream()
                .map(row -> new Column(text(row.get(0)), text(row.get(1)), text(row.get(2))))
                .toList();
        String values = columns.stream().map(Column::exact).collect(Collectors.joining(", "));
        List<String> rows = new ArrayList<>();
        for (List<@Nullable String> row : server.query("SELECT " + values + " FROM " + table)) {
            List<String> shown = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                boolean json = columns.get(i).type().equals("json") && !sameVersion;
                shown.add(json ? meaning(row.get(i)) : String.valueOf(row.get(i)));
            }
            rows.add(columns.stream().map(Column::name).toList() + ": " + shown);
        }
        rows.sort(null);
        String create = text(server.query("SHOW CREATE TABLE " + table).get(0).get(1));
        return new Contents(
                comparable(create),
                rows,
                checksum(
                        server,
                        table,
                        columns,
                        create,
                        sameVersion && server.release().isAtLeast(8, 0, 0)));
    }

    /** 5.7 shows columns in a clause of partitions as they were written, and Sluice puts them in backticks. */
    private static String comparable(String create) {
        String definition = create.replaceFirst(" AUTO_INCREMENT=\\d+", "");
        int partitions = definition.indexOf("PARTITION BY");
        return partitions < 0
                ? definition
                : definition.substring(0, partitions)
                        + definition.substring(partitions).replace("`", "");
    }

    /** Checksums of virtual columns, also of those that functional keys have, are not stable; nor is the inner form of JSON,
     * whose 5.7 writes 1.0 as 1. */
    private static String checksum(
            MySqlServer server, String table, List<Column> columns, String create, boolean exactJson) {
        boolean stable = !create.contains(" KEY ((")
                && !create.contains("` ((")
                && columns.stream()
                        .noneMatch(
                                column -> column.isVirtual() || (column.type().equals("json") && !exactJson));
        return stable ? text(server.query("CHECKSUM TABLE " + table).get(0).get(1)) : "0";
    }

    private static String text(@Nullable String value) {
        return requireNonNull(value);
    }

    private record Column(String name, String type, String extra) {
        boolean isVirtual() {
            return extra.contains("VIRTUAL");
        }

        String exact() {
            String quoted = '`' + name.replace("`", "``") + '`';
            return switch (type) {
                case "float", "double" -> quoted + " * 1E0";
                case "enum", "set" -> "CONCAT(" + quoted + " + 0, ' ', HEX(" + quoted + "))";
                case "json" -> "CAST(" + quoted + " AS CHAR)";
                case "tinyint",
                        "smallint",
                        "mediumint",
                        "int",
                        "bigint",
                        "decimal",
                        "date",
                        "datetime",
                        "timestamp",
                        "time",
                        "year" -> "CAST(" + quoted + " AS CHAR)";
                default -> "HEX(" + quoted + ")";
            };
        }
    }

    private static String meaning(@Nullable String document) {
        if (document == null) {
            return "NULL";
        }
        StringBuilder meaning = new StringBuilder();
        try (JsonParser parser = JSON.createParser(document)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                meaning.append(token)
                        .append(token.isNumeric() ? number(parser.getText()) : Objects.toString(parser.getText()))
                        .append(' ');
            }
            return meaning.toString();
        } catch (IOException notJson) {
            throw new IllegalStateException(notJson);
        }
    }

    private static String number(String digits) {
        BigDecimal number = new BigDecimal(digits);
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toString();
    }
}
