// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.dump;

import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.plan.ReplicationPlan;
import java.util.List;

/**
 * Programs that copy databases in place of this JVM, for plans with {@code copyWith(CopyMethod.MYSQLDUMP)}; given by {@code
 * Sluice.builder().clientPrograms(…)}. {@code ClientPrograms} of {@code sluice-client-programs} is what there is. Sluice itself holds the lock, reads the
 * coordinates, sees that the replica has nothing that would be overwritten, creates what the programs leave out, and counts what arrived.
 * Implementations are immutable and thread-safe.
 */
public interface DumpPrograms {
    /** For who gave none: refuses every plan that copies by programs ({@code CORE-883}), and says what to add. */
    DumpPrograms NONE = new NoPrograms();

    /** What keeps them from a plan's copy as far as the plan itself tells, empty if nothing does. Starts nothing and asks no server. */
    List<Problem> problems(ReplicationPlan plan);

    /** What is started under the lock, for previews: command lines, with what differs in angle brackets and without secrets. */
    List<String> snapshotTemplates();

    /** What is started for the load, and what it asks, for previews; as {@link #snapshotTemplates}. */
    List<String> loadTemplates();

    /**
     * Sees that the programs are on this host and fit the source. Starts them to ask who they are, which takes some tenths of a second, and
     * changes nothing.
     *
     * @throws dev.sluice.api.error.StepRefusedException if one is missing or cannot be used
     */
    void require(ServerVersion source);

    /**
     * One copy. Starts nothing yet.
     *
     * @param listener hears how it goes
     * @throws dev.sluice.api.error.StepRefusedException if there are no programs
     */
    DumpAndLoad copy(DumpRequest request, DumpListener listener);
}
