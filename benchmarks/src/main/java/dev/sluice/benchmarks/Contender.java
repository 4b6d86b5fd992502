// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/** One way to copy the database {@link BenchCommand#DATABASE} from the source to the empty replica. */
interface Contender {
    /** What it is in the ratios. */
    enum Role {
        SDK,
        MYSQLDUMP,
        MYDUMPER,
        LIMIT,
        /** Shown, but in no ratio. */
        EXTRA
    }

    Role role();

    String name();

    /** How it was called and what it does with the replica's binary log. */
    String how();

    /** Why it cannot take part here, with how to change that. */
    default Optional<String> missing() {
        return Optional.empty();
    }

    /** About how many times the limit's time it takes, for forecasts. */
    double pace();

    /** What it needs beforehand and nobody measures; once for each data set. */
    default void prepare(BenchServers servers) throws SQLException, IOException {}

    /** What comes before each copy and is not measured; the replica is a fresh one afterwards. */
    default void before(BenchServers servers, Path scratch) throws IOException {}

    /**
     * Copies.
     *
     * @param scratch an empty folder
     * @return what it knows of itself, by name
     */
    Map<String, Double> copy(BenchServers servers, Path scratch) throws SQLException, IOException;
}
