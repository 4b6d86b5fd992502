// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import dev.sluice.testservers.MySqlServer;
import java.sql.SQLException;

/** What is copied: tables in the database {@link BenchCommand#DATABASE}, the same whenever they are made. */
interface DataSet {
    String name();

    /** For the heading of a report. */
    String description();

    /** About how long the server's limit takes on two cores with nothing else to do, for forecasts. */
    double limitSeconds();

    void create(MySqlServer source) throws SQLException;
}
