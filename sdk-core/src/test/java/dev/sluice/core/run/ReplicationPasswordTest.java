// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.secret.Secret;
import dev.sluice.api.secret.SecretResolver;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplicationPasswordTest {
    private static String value(String password, boolean isTrimmed) {
        return new ReplicationPassword(
                        Optional.of(Secret.named("p")), isTrimmed, SecretResolver.withNamed(name -> password))
                .value();
    }

    @Test
    void blanksThatProceduresCutOffAreRefusedAndNotTold() {
        for (String password : new String[] {" hunter2", "hunter2 ", "\thunter2"}) {
            assertThat(value(password, false)).isEqualTo(password);
            assertThatThrownBy(() -> value(password, true))
                    .isInstanceOfSatisfying(
                            StepRefusedException.class,
                            refused -> assertThat(refused.code()).isEqualTo(RunCode.PASSWORD_WITH_BLANKS))
                    .hasMessageNotContaining("hunter2");
        }
        assertThat(value("hunter 2", true)).isEqualTo("hunter 2");
    }
}
