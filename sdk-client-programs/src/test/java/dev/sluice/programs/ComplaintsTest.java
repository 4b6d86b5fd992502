// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.programs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ComplaintsTest {
    @Test
    void valuesAreTakenOutAndNamesStay() {
        assertThat(Complaints.withoutValues("ERROR 1062 (23000) at line 7: Duplicate entry 'secret' for key 't.k'\n"))
                .isEqualTo("ERROR 1062 (23000) at line 7: Duplicate entry '…'");
        assertThat(Complaints.withoutValues("ERROR 1050 (42S01) at line 7: Table 't' already exists"))
                .isEqualTo("ERROR 1050 (42S01) at line 7: Table 't' already exists");
    }

    @Test
    void aTalkativeProgramIsReadToItsEndAndCutShort() {
        ByteArrayInputStream much = new ByteArrayInputStream("x".repeat(100_000).getBytes(StandardCharsets.US_ASCII));
        Complaints complaints = Complaints.of(much, "talk");
        assertThat(complaints.text()).hasSize(4_000);
        assertThat(much.available()).isZero();
    }
}
