// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.diagnosis.ChannelError;
import dev.sluice.api.diagnosis.ChannelState;
import dev.sluice.api.diagnosis.StuckTransaction;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.core.diagnosis.Patient;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.ReplicaStatus;
import dev.sluice.core.mysql.ReplicaStatus.ReceiverState;
import dev.sluice.core.mysql.ReplicationError;
import java.util.List;
import java.util.Optional;

/** Collects what the rows of the catalogue judge by. Reads only. */
final class Examiner {
    private final Patient patient;
    private final Dialect dialect;

    Examiner(Patient patient) {
        this.patient = patient;
        this.dialect = Dialect.of(patient.replica().version());
    }

    Examination examine(Optional<ReplicaStatus> status) {
        Optional<ReplicaStatus> failedApplier = status.filter(
                shown -> !shown.applier().isRunning() && shown.applier().error().isPresent());
        WorkerErrors workers = new WorkerErrors(patient.replicaSession(), dialect);
        Optional<WorkerErrors.Found> worker = failedApplier.flatMap(any -> workers.first());
        StuckTransaction stuck = failedApplier
                .flatMap(any -> new StuckReader(patient.replicaSession(), dialect).read(worker))
                .orElse(null);
        List<String> log = new ErrorLog(patient.replicaSession(), dialect).newest();
        return new Examination(
                patient, status.map(shown -> channel(shown, worker)).orElse(null), stuck, log);
    }

    private static ChannelState channel(ReplicaStatus status, Optional<WorkerErrors.Found> worker) {
        ReplicaStatus.Source source = status.source();
        return new ChannelState(
                new ServerAddress(source.host(), source.port()),
                source.user(),
                source.uuid(),
                source.autoPosition(),
                source.tls(),
                !status.filter().isEmpty(),
                new ChannelState.Half(
                        status.receiver().state() == ReceiverState.STOPPED,
                        status.receiver().fetched().orElse(null),
                        status.receiver().error().map(Examiner::error).orElse(null)),
                new ChannelState.Half(
                        !status.applier().isRunning(),
                        status.applier().applied().orElse(null),
                        status.applier()
                                .error()
                                .map(error ->
                                        worker.map(WorkerErrors.Found::error).orElseGet(() -> error(error)))
                                .orElse(null)));
    }

    private static ChannelError error(ReplicationError error) {
        return new ChannelError(error.number(), error.text());
    }
}
