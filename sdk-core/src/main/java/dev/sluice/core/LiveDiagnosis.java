// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core;

import dev.sluice.api.diagnosis.Diagnosis;
import dev.sluice.api.diagnosis.Remedy;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepException;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.core.diagnosis.DiagnosisCode;
import dev.sluice.core.diagnosis.Diagnostician;
import dev.sluice.core.diagnosis.Patient;
import dev.sluice.core.run.DiagnosedServers;
import dev.sluice.core.run.DiagnosedServers.Asked;
import java.time.Clock;
import java.util.List;

/**
 * Why a replication does not work, and what helps. Asks, and changes nothing but by {@link LiveRemedy#execute}. Thread-safe.
 *
 * <pre>{@code
 * LiveDiagnosis found = sluice.diagnose(replica, source);
 * System.out.println(found.report());
 * LiveRemedy skip = found.remedy("duplicate-row/skip");
 * skip.remedy().preview().forEach(System.out::println);
 * skip.execute(Consent.SKIPPED_CHANGES);
 * }</pre>
 */
public final class LiveDiagnosis {
    private final Diagnostician diagnostician;
    private final DiagnosedServers servers;
    private final Clock clock;
    private final Diagnosis report;

    private LiveDiagnosis(Diagnostician diagnostician, DiagnosedServers servers, Clock clock, Diagnosis report) {
        this.diagnostician = diagnostician;
        this.servers = servers;
        this.clock = clock;
        this.report = report;
    }

    static LiveDiagnosis of(Diagnostician diagnostician, DiagnosedServers servers, Clock clock) {
        try (Asked replica = servers.askReplica()) {
            return new LiveDiagnosis(diagnostician, servers, clock, withSource(diagnostician, servers, replica, clock));
        }
    }

    /** A source that is down or has changed its password is what may be wrong, and no reason not to look at the replica. */
    private static Diagnosis withSource(
            Diagnostician diagnostician, DiagnosedServers servers, Asked replica, Clock clock) {
        if (!servers.hasSource()) {
            return diagnostician.diagnose(patient(servers, replica), clock.instant());
        }
        Asked source;
        try {
            source = servers.askSource();
        } catch (StepException away) {
            Patient alone = patient(servers, replica)
                    .withoutSource("The source cannot be asked: "
                            + away.problems().get(0).what());
            return diagnostician.diagnose(alone, clock.instant());
        }
        try (source) {
            return diagnostician.diagnose(
                    patient(servers, replica)
                            .with(new Patient.Source(
                                    source.facts(), source.session(), servers.sourceAsSeenByReplica())),
                    clock.instant());
        }
    }

    private static Patient patient(DiagnosedServers servers, Asked replica) {
        return Patient.alone(
                servers.label(),
                replica.facts(),
                replica.session(),
                servers.replicaEngine().treatments(),
                servers.replicaEngine().failureRows());
    }

    /** What was found, as data. */
    public Diagnosis report() {
        return report;
    }

    /** Looks anew. */
    public LiveDiagnosis again() {
        return of(diagnostician, servers, clock);
    }

    /**
     * A remedy of {@link #report()}, to be carried out.
     *
     * @param id as a finding has it
     * @throws StepRefusedException if there is none ({@code CORE-837})
     */
    public LiveRemedy remedy(String id) {
        Remedy remedy = report.remedy(id)
                .orElseThrow(() -> new StepRefusedException(Problem.of(
                        DiagnosisCode.NO_SUCH_REMEDY,
                        "No remedy " + id + " among "
                                + report.findings().stream()
                                        .flatMap(found -> found.remedies().stream())
                                        .map(Remedy::id)
                                        .toList())));
        return new LiveRemedy(this, servers, remedy);
    }

    /** All remedies that Sluice can carry out, in the order of the findings. */
    public List<LiveRemedy> remedies() {
        return report.findings().stream()
                .flatMap(found -> found.remedies().stream())
                .filter(remedy -> remedy.kind() == Remedy.Kind.OPERATIONS)
                .map(remedy -> new LiveRemedy(this, servers, remedy))
                .toList();
    }
}
