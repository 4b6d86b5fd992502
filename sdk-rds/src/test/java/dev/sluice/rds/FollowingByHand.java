// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import dev.sluice.testing.rds.DressedServer;
import dev.sluice.testservers.MySqlRelease;
import java.util.List;

/** A read replica of another server, as RDS would have made it: with the same users, read-only, and followed by its own account. */
final class FollowingByHand {
    private FollowingByHand() {}

    /** To be called before anything is written to the source that is to be on the replica. */
    static void follow(DressedServer replica, DressedServer source) {
        List<Object> from =
                List.copyOf(source.server().query("SHOW MASTER STATUS").get(0).subList(0, 2));
        source.server()
                .execute(
                        "SET SESSION sql_log_bin = 0",
                        "CREATE USER rdsrepladmin@'%' IDENTIFIED WITH mysql_native_password BY 'made-by-rds'",
                        "GRANT REPLICATION SLAVE ON *.* TO rdsrepladmin@'%'");
        replica.server()
                .execute(
                        "SET SESSION sql_log_bin = 0",
                        "ALTER USER admin@'%' IDENTIFIED BY '" + source.adminPassword() + "'",
                        "SET GLOBAL read_only = ON",
                        changeSource(source, from),
                        isOld(source) ? "START SLAVE" : "START REPLICA");
        replica.becomeManagedReplica();
    }

    private static boolean isOld(DressedServer server) {
        return server.server().release() == MySqlRelease.MYSQL_5_7;
    }

    private static String changeSource(DressedServer source, List<Object> from) {
        String word = isOld(source) ? "MASTER" : "SOURCE";
        return "CHANGE " + (isOld(source) ? "MASTER" : "REPLICATION SOURCE") + " TO " + word + "_HOST = '"
                + source.server().host() + "', " + word + "_PORT = "
                + source.server().port() + ", " + word
                + "_USER = 'rdsrepladmin', " + word + "_PASSWORD = 'made-by-rds', " + word + "_LOG_FILE = '"
                + from.get(0) + "', " + word + "_LOG_POS = " + from.get(1);
    }
}
