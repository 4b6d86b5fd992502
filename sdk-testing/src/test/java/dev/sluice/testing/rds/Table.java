// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.rds;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/** Rows of the tables that say what each flavour has and answers. */
final class Table {
    private Table() {}

    /** Lines without comments, each split at its bars. */
    static List<List<String>> rows(String resource) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Table.class.getResourceAsStream(resource), resource), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line ->
                            Arrays.stream(line.split("\\|")).map(String::strip).toList())
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** {@code name/arguments} of all procedures that a flavour has by the documents. */
    static List<String> catalogue(RdsFlavour flavour) {
        return rows("catalogue.txt").stream()
                .filter(row -> List.of(row.get(2).split(" ")).contains(flavour.name()))
                .map(row -> row.get(0) + "/" + row.get(1))
                .toList();
    }

    /** The same, as an account sees it. */
    static SortedSet<String> procedures(Connection connection) throws SQLException {
        SortedSet<String> found = new TreeSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT r.routine_name, COUNT(p.parameter_name)"
                        + " FROM information_schema.routines r LEFT JOIN information_schema.parameters p"
                        + " ON p.specific_schema = r.routine_schema AND p.specific_name = r.specific_name"
                        + " WHERE r.routine_schema = 'mysql' AND r.routine_type = 'PROCEDURE'"
                        + " GROUP BY r.routine_name")) {
            while (rows.next()) {
                found.add(rows.getString(1) + "/" + rows.getInt(2));
            }
        }
        return found;
    }
}
