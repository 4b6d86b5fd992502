// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.rds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testservers.SharedServers;
import dev.sluice.testservers.SharedServers.Loan;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each flavour has exactly the procedures of the documents, under its own names and with its own number of arguments. */
@Timeout(120)
class CatalogueIT {
    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "AURORA_3"})
    void theAdminFindsExactlyWhatIsDocumented(RdsFlavour flavour) throws SQLException {
        findsWhatIsDocumented(flavour);
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource(
            names = {"MYSQL_5_7", "AURORA_3"},
            mode = EnumSource.Mode.EXCLUDE)
    void whatIsDocumentedOfOtherVersionsAsWell(RdsFlavour flavour) throws SQLException {
        findsWhatIsDocumented(flavour);
    }

    private static void findsWhatIsDocumented(RdsFlavour flavour) throws SQLException {
        try (Loan loan = SharedServers.ofThisJvm().borrow(RdsDressingIT.release(flavour));
                DressedServer rds = RdsDressing.as(flavour).dress(loan.server());
                Connection admin = rds.connectAsAdmin()) {
            assertThat(Table.procedures(admin)).containsExactlyElementsOf(new TreeSet<>(Table.catalogue(flavour)));
        }
    }
}
