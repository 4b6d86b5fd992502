// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.diagnosis;

import dev.sluice.api.diagnosis.ChannelState;
import dev.sluice.api.diagnosis.DiagnosisFinding;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.spi.Symptoms;
import dev.sluice.core.mysql.Dialect;
import java.util.List;
import java.util.Optional;

/** A half stands still, and no error says why. */
final class Stopped implements CatalogueRow {
    private static final String FILTER =
            "A restart of a self-managed replica loses the filter that a plan has set, and without it changes outside the"
                    + " scope are applied: sluice.live(plan).start() sets it again.";

    @Override
    public String id() {
        return "stopped";
    }

    @Override
    public DiagnosisCode code() {
        return DiagnosisCode.STOPPED;
    }

    @Override
    public Part part() {
        return Part.WHOLE;
    }

    @Override
    public String recognisedBy() {
        return "a half stands still without an error";
    }

    @Override
    public List<String> remedyNames() {
        return List.of("start", "start-by-plan");
    }

    @Override
    public Optional<DiagnosisFinding> recognise(Symptoms symptoms) {
        return symptoms.channel().filter(ChannelState::isStopped).map(channel -> {
            FindingDraft draft = FindingDraft.of(this, symptoms)
                    .seen("the receiver " + standing(channel.receiver()) + ", the applier "
                            + standing(channel.applier()));
            return hasLostItsFilter(channel, symptoms.replica())
                    ? draft.seen("no replication filter, and it does not start by itself after a restart")
                            .person("start-by-plan", "Start it with its filter", List.of(FILTER))
                            .finding()
                    : draft.start("Only if nobody works on the replica. " + FILTER)
                            .finding();
        });
    }

    /** Plans have self-managed replicas stay stopped when they restart, since a restart loses the filter. */
    private static boolean hasLostItsFilter(ChannelState channel, ServerFacts replica) {
        return !channel.isFiltered()
                && replica.isOn(Dialect.of(replica.version()).stayStoppedVariable());
    }

    private static String standing(ChannelState.Half half) {
        return half.isStopped() ? "stands still" : "does not";
    }
}
