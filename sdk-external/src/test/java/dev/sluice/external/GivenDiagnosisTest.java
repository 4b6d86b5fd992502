// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.error.StepException;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.secret.Secret;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.core.Sluice;
import dev.sluice.core.SluiceBuilder;
import dev.sluice.core.diagnosis.DiagnosisCode;
import dev.sluice.core.journal.Journal;
import dev.sluice.diagnosis.KnownFailures;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who asks for a diagnosis has given what knows failures, or is told what to add. */
class GivenDiagnosisTest {
    private static final ExternalMySql SOURCE = endpoint("10.0.0.1");
    private static final ExternalMySql REPLICA = endpoint("10.0.0.2");

    private final List<String> asked = new ArrayList<>();
    private final List<Sluice> open = new ArrayList<>();

    private static ExternalMySql endpoint(String host) {
        return ExternalMySql.at(host, 3306)
                .credentials("me", Secret.named("password"))
                .connectingThrough("tunnel");
    }

    private Sluice sluice(Consumer<SluiceBuilder> more) {
        SluiceBuilder builder = Sluice.builder()
                .journal(Journal.inMemory())
                .engines(ExternalEngine.create())
                .secrets(SecretResolver.withNamed(name -> "not-asked-for"))
                .connectionSource("tunnel", request -> {
                    asked.add(request.toString());
                    throw new SQLException("Access denied", "28000", 1045);
                });
        more.accept(builder);
        Sluice sluice = builder.build();
        open.add(sluice);
        return sluice;
    }

    @AfterEach
    void close() {
        open.forEach(Sluice::close);
    }

    private void assertRefusedBeforeAnybodyIsAsked(ThrowingCallable diagnosing) {
        assertThatThrownBy(diagnosing)
                .isInstanceOfSatisfying(
                        StepRefusedException.class,
                        refused -> assertThat(refused.problems())
                                .extracting(problem -> problem.code())
                                .containsExactly(DiagnosisCode.NO_DIAGNOSTICIAN))
                .hasMessageContaining("CORE-884")
                .hasMessageContaining("sluice-diagnosis")
                .hasMessageContaining("Sluice.builder().diagnosis(KnownFailures.all())");
        assertThat(asked).isEmpty();
    }

    @Test
    void whoHasNotGivenAnyIsToldWhatToAddBeforeAServerIsAsked() {
        Sluice without = sluice(builder -> {});

        assertRefusedBeforeAnybodyIsAsked(() -> without.diagnose(REPLICA));
        assertRefusedBeforeAnybodyIsAsked(() -> without.diagnose(REPLICA, SOURCE));
        assertRefusedBeforeAnybodyIsAsked(
                () -> without.live(ReplicationPlan.from(SOURCE).to(REPLICA)).diagnose());
    }

    @Test
    void whoHasGivenItIsNotRefused() {
        Sluice with = sluice(builder -> builder.diagnosis(KnownFailures.all()));

        assertThatThrownBy(() -> with.diagnose(REPLICA, SOURCE))
                .isInstanceOf(StepException.class)
                .hasMessageNotContaining("CORE-884");
        assertThat(asked).isNotEmpty();
    }
}
