// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.verify.TableComparison;
import dev.sluice.api.verify.VerificationReport;
import dev.sluice.testservers.MySqlRelease;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is equal is told to be equal, whatever the versions. */
class EqualPairsIT {
    @ParameterizedTest
    @CsvSource({"MYSQL_5_7, MYSQL_5_7", "MYSQL_5_7, MYSQL_8_0_31", "MYSQL_8_0_31, MYSQL_8_0_31", "MYSQL_8_0_31, MYSQL_9"
    })
    void everyTypeIsEqualToItself(MySqlRelease source, MySqlRelease replica) {
        Pair pair = Pair.of(source, replica);
        String database = "equal_" + source.ordinal() + "_" + replica.ordinal();
        pair.execute(AllTypes.in(database));

        VerificationReport report = pair.compare(database);

        assertThat(report.structure()).isEmpty();
        assertThat(report.tables())
                .hasSize(16)
                .allSatisfy(table ->
                        assertThat(table.result()).as(table.toString()).isEqualTo(TableComparison.Result.EQUAL));
        assertThat(report.isClean()).isTrue();
        assertThat(Pair.table(report, "numbers").replicaRows()).isEqualTo(6);
        assertThat(Pair.table(report, "keyless").sourceRows()).isEqualTo(5);
    }

    @Pairs
    void everyDefinitionIsEqualToItself(MySqlRelease source, MySqlRelease replica) {
        Pair pair = Pair.of(source, replica);
        String database = "alike_" + source.ordinal() + "_" + replica.ordinal();
        pair.execute(AllDefinitions.in(database));
        pair.source()
                .execute(
                        "SET NAMES utf8mb4 COLLATE utf8mb4_general_ci",
                        "ALTER EVENT " + database + ".ev2 ENABLE",
                        "ALTER TABLE " + database + ".t AUTO_INCREMENT = 90");

        VerificationReport report = pair.compare(database);

        assertThat(report.structure()).isEmpty();
        assertThat(report.isClean()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"MYSQL_5_7, MYSQL_5_7", "MYSQL_5_7, MYSQL_8_0_31", "MYSQL_8_0_31, MYSQL_8_0_31", "MYSQL_8_0_31, MYSQL_9"
    })
    @Retention(RetentionPolicy.RUNTIME)
    private @interface Pairs {}
}
