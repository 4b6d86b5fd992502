// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.spi;

import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.run.RunId;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One row of the guide as one engine does it in one role. It says what it would do as data and looks whether it is done; core
 * does it. Implementations are immutable and thread-safe.
 */
public interface Step {
    /** By what it is stored. */
    StepKey key();

    /** The row of the guide. */
    GuideStep row();

    /** What it would do on servers that are as the facts say. Pure: no server is asked, and equal contexts give equal drafts. */
    StepDraft compile(StepContext context);

    /**
     * Looks at the servers' real state. Reads only. Asked before anything is done, after each failure whose outcome is unknown, and
     * after everything was done: a step is finished when it says so, never because a call returned.
     */
    Look look(LiveContext context);

    /** How often it looks while it waits; a step that asks a management API is to look more rarely than one that asks servers only. */
    default PollPace pace() {
        return PollPace.OF_SERVERS;
    }

    /**
     * Of a step that raises a setting of the source for a while, which runs of other replicas may raise as well: what it was before any of them,
     * as a number from 0 to 2^33 - 1 of the engine's own making, for as long as the run needs it. Core tells it to the others on the source
     * ({@code SharedRetention} in core's toolkit), and the engine asks there before it lowers the setting. Empty for most steps, and where
     * the run does not need it.
     */
    default OptionalLong sharedBefore(StepContext context) {
        return OptionalLong.empty();
    }

    /**
     * The server that this step makes for a while, on which its operations of {@code Target.SEED} are done; empty for most steps. A plan has
     * one such server at most: a way to snapshot the source that makes one of its own comes first.
     */
    default Optional<Endpoint> temporaryServer(StepContext context, RunId run) {
        return Optional.empty();
    }
}
