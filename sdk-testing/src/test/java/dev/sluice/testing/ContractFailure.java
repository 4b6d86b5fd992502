// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;

/** How a contract tells of an engine that does not keep to it: in words that lead to the fault, not in a page of them. */
final class ContractFailure {
    private static final long LONGEST_MESSAGE = 60;

    private ContractFailure() {}

    /** A part of the contract. */
    interface Part {
        void check(EngineContract contract) throws IOException;
    }

    static void assertFails(EngineContract contract, Part part, String... told) {
        assertThatThrownBy(() -> part.check(contract))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll(told)
                .satisfies(failure ->
                        assertThat(failure.getMessage().lines().count()).isLessThan(LONGEST_MESSAGE));
    }
}
