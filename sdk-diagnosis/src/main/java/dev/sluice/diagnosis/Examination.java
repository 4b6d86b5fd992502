// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.diagnosis.ChannelState;
import dev.sluice.api.diagnosis.StuckTransaction;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.spi.ReplicaTreatments;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.api.spi.Symptoms;
import dev.sluice.core.diagnosis.Patient;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the servers showed at one moment. */
record Examination(
        Patient patient,
        @Nullable ChannelState channelOrNull,
        @Nullable StuckTransaction stuckOrNull,
        List<String> errorLog)
        implements Symptoms {
    Examination {
        errorLog = List.copyOf(errorLog);
    }

    @Override
    public ServerFacts replica() {
        return patient.replica();
    }

    @Override
    public Optional<ServerFacts> source() {
        return Optional.ofNullable(patient.sourceOrNull()).map(Patient.Source::facts);
    }

    @Override
    public Optional<ServerAddress> sourceAsSeenByReplica() {
        return Optional.ofNullable(patient.sourceOrNull()).map(Patient.Source::asSeenByReplica);
    }

    @Override
    public Optional<ChannelState> channel() {
        return Optional.ofNullable(channelOrNull);
    }

    @Override
    public Optional<StuckTransaction> stuck() {
        return Optional.ofNullable(stuckOrNull);
    }

    @Override
    public ServerSession replicaSession() {
        return patient.replicaSession();
    }

    @Override
    public Optional<ServerSession> sourceSession() {
        return Optional.ofNullable(patient.sourceOrNull()).map(Patient.Source::session);
    }

    @Override
    public ReplicaTreatments treatments() {
        return patient.treatments();
    }
}
