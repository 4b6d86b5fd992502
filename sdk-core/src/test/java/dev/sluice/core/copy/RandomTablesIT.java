// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.plan.Scope;
import dev.sluice.core.copy.CopyRequest.ReplicaBinlog;
import dev.sluice.core.copy.random.Abilities;
import dev.sluice.core.copy.random.Contents;
import dev.sluice.core.copy.random.Dice;
import dev.sluice.core.copy.random.RandomTable;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.SharedServers;
import dev.sluice.testservers.SharedServers.Loan;
import dev.sluice.testservers.TestServerException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every type of column and every type of key arrives byte for byte: random tables, in units as small as can be, are on the replica what they
 * are on the source. {@code -Dsluice.randoms.seed=17} runs one table alone.
 */
class RandomTablesIT {
    private static final SharedServers SERVERS = SharedServers.ofThisJvm();
    private static final String SEED = "sluice.randoms.seed";
    private static final long FIRST_SEED = 20_261_121;
    private static final String TABLE = "randoms.t";

    @ParameterizedTest
    @Timeout(120)
    @CsvSource({"9, 9", "5.7, 8.0", "8.0, 9"})
    void someTablesArriveAsTheyAre(String source, String replica) {
        arrive(source, replica, 6);
    }

    @ParameterizedTest
    @Timeout(1200)
    @Tag("long")
    @CsvSource({"5.7, 5.7", "8.0, 8.0", "9, 9", "5.7, 8.0", "8.0, 9", "8.0.15, 8.0"})
    void manyTablesArriveAsTheyAre(String source, String replica) {
        arrive(source, replica, Integer.getInteger("sluice.randoms.tables", 100));
    }

    private static void arrive(String sourceVersion, String replicaVersion, int tables) {
        Long only = Long.getLong(SEED);
        long[] seeds =
                only == null ? LongStream.range(FIRST_SEED, FIRST_SEED + tables).toArray() : new long[] {only};
        System.out.println("Random tables " + sourceVersion + " -> " + replicaVersion + ": " + seeds.length + " from -D"
                + SEED + "=" + seeds[0] + " on");
        List<String> failures = new ArrayList<>();
        int refused = 0;
        try (Loan source = SERVERS.borrow(MySqlRelease.named(sourceVersion));
                Loan replica = SERVERS.borrow(MySqlRelease.named(replicaVersion))) {
            Arrival arrival = new Arrival(source.server(), replica.server(), sourceVersion.equals(replicaVersion));
            for (long seed : seeds) {
                refused += arrival.of(seed, failures) ? 0 : 1;
            }
        }
        assertThat(failures).as(failures.size() + " tables failed").isEmpty();
        assertThat(refused).as("tables that the source cannot have").isLessThanOrEqualTo(seeds.length / 5);
    }

    /** Copies tables from one server to another. */
    private record Arrival(MySqlServer source, MySqlServer replica, boolean sameVersion) {
        /** Returns whether the source could have such a table. */
        boolean of(long seed, List<String> failures) {
            Dice dice = new Dice(seed);
            RandomTable table = RandomTable.of(TABLE, dice, Abilities.of(source, replica));
            if (!fill(table, seed)) {
                return false;
            }
            try {
                copy(dice);
            } catch (RuntimeException | AssertionError failure) {
                failures.add(
                        "-D" + SEED + "=" + seed + " of " + source.release() + ": " + failure + "\n" + table.create());
            }
            return true;
        }

        private boolean fill(RandomTable table, long seed) {
            source.execute("DROP DATABASE IF EXISTS randoms", "CREATE DATABASE randoms");
            replica.execute("DROP DATABASE IF EXISTS randoms");
            List<String> statements = new ArrayList<>(RandomTable.SETTINGS);
            statements.add(table.create());
            statements.addAll(table.inserts());
            statements.add("ANALYZE TABLE " + TABLE);
            try {
                source.execute(statements.toArray(String[]::new));
                return true;
            } catch (TestServerException refused) {
                System.out.println("-D" + SEED + "=" + seed + " is no table of " + source.release() + ": "
                        + refused.getMessage() + "\n" + table.create());
                return false;
            }
        }

        private void copy(Dice dice) {
            replica.execute("SET GLOBAL local_infile = " + dice.of("ON", "OFF"));
            CopyRequest request = new CopyRequest(dice.between(1, 4), ReplicaBinlog.SKIPPED_WHERE_ALLOWED)
                    .with(dice.of(IndexTiming.values()))
                    .withUnitsOf(dice.of(1024, 1024, 1024, 4096, 65_536, 32 << 20));
            Scope scope = new Scope(List.of("randoms"), List.of(), List.of(), List.of());
            try (Copies copies = Copies.of(source, scope, dice.between(1, 4))) {
                new EachRowOnce(copies, copies.catalog().tables().get(0)).inUnitsOf(request.unitBytes());
                copies.to(replica, request, new Copies.Heard(), new Cancellation());
            }
            Contents sent = Contents.of(source, TABLE, sameVersion);
            Contents arrived = Contents.of(replica, TABLE, sameVersion);
            assertThat(arrived.rows()).isEqualTo(sent.rows());
            assertThat(arrived.checksum()).as("checksum").isEqualTo(sent.checksum());
            if (sameVersion) {
                assertThat(arrived.create()).isEqualTo(sent.create());
            }
        }
    }
}
