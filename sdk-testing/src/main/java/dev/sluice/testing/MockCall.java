// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

import dev.sluice.api.plan.GuideStep;
import java.util.List;

/**
 * Something that a mock engine was asked to do. Immutable and thread-safe.
 *
 * @param kind what it was asked for
 * @param row for which row of the guide
 * @param server by which name
 * @param statements what was sent, as previews show it, with holes in place of secrets; empty for looks
 * @param outcome what it answered: {@code done}, {@code missing}, or the name of the failure that the test planted
 */
public record MockCall(Kind kind, GuideStep row, String server, List<String> statements, String outcome) {
    public MockCall {
        statements = List.copyOf(statements);
    }

    /** What a mock engine can be asked for. */
    public enum Kind {
        /** To look whether a row is done. */
        LOOK,
        /** To do an operation of it. */
        PERFORM,
        /** To undo it. */
        UNDO
    }

    /** Whether the server was changed by it, if it was a change: an answer that was lost says nothing else. */
    boolean tookEffect() {
        return outcome.equals("done") || outcome.equals(MockFailure.LOST_ANSWER.name());
    }

    @Override
    public String toString() {
        return kind + " " + row + " on " + server + ": " + outcome;
    }
}
