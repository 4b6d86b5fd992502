// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.managed;

import dev.sluice.testing.rds.RdsFlavour;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.ServerOptions;

/** A series of MySQL, as each of the kinds of servers that there are engines for. */
enum Series {
    V5_7(MySqlRelease.MYSQL_5_7, RdsFlavour.MYSQL_5_7, RdsFlavour.AURORA_2),
    V8_0(MySqlRelease.MYSQL_8_0_31, RdsFlavour.MYSQL_8_0, RdsFlavour.AURORA_3),
    /** On a 9.x server, which shows it best of what can be had everywhere. */
    V8_4(MySqlRelease.MYSQL_9, RdsFlavour.MYSQL_8_4, RdsFlavour.AURORA_8_4);

    private final MySqlRelease release;
    private final RdsFlavour rds;
    private final RdsFlavour aurora;

    Series(MySqlRelease release, RdsFlavour rds, RdsFlavour aurora) {
        this.release = release;
        this.rds = rds;
        this.aurora = aurora;
    }

    /** That to which a flavour belongs. */
    static Series of(RdsFlavour flavour) {
        for (Series series : values()) {
            if (series.rds == flavour || series.aurora == flavour) {
                return series;
            }
        }
        throw new IllegalArgumentException("No series has " + flavour);
    }

    MySqlRelease release() {
        return release;
    }

    RdsFlavour rds() {
        return rds;
    }

    RdsFlavour aurora() {
        return aurora;
    }

    /** From 9 on servers have GTIDs unless they are told otherwise. */
    static ServerOptions gtids(ServerOptions options, boolean on) {
        return on ? options.gtid() : options.setting("gtid_mode", "OFF").setting("enforce_gtid_consistency", "OFF");
    }
}
