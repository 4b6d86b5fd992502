// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.diagnosis.ChannelState;
import dev.sluice.api.diagnosis.DiagnosisFinding;
import dev.sluice.api.spi.Symptoms;
import java.util.List;
import java.util.Optional;

/** A half stands still, and no error says why. */
final class Stopped implements CatalogueRow {
    @Override
    public String id() {
        return "stopped";
    }

    @Override
    public FailureCode code() {
        return FailureCode.STOPPED;
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
            return draft.start("Only if nobody works on the replica. " + LostFilter.WARNING)
                    .finding();
        });
    }

    private static String standing(ChannelState.Half half) {
        return half.isStopped() ? "stands still" : "does not";
    }
}
