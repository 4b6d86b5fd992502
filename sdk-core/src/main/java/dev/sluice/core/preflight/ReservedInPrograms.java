// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.Problem;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.LiveContext;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** No stored program of the scope uses a word as a name, without quotes, that the replica reserves: it could not be created there. */
final class ReservedInPrograms extends NamedCheck {
    ReservedInPrograms() {
        super("reserved-words-in-programs", VersionCode.PROGRAM_NOT_PARSED, Level.ERROR);
    }

    @Override
    public List<Problem> problems(LiveContext context) {
        Set<String> words = PlanReach.copies(context) ? NewWords.inDefinitions(context) : Set.of();
        if (words.isEmpty()) {
            return List.of();
        }
        List<String> programs = StoredPrograms.programs(
                        context.sourceSession(), context.replication().scope())
                .stream()
                .flatMap(program -> told(program, words))
                .toList();
        return programs.isEmpty()
                ? List.of()
                : List.of(Problem.of(
                        code(), Labels.capital(Labels.replica(context)) + " would refuse " + Listing.of(programs)));
    }

    private static Stream<String> told(StoredPrograms.Program program, Set<String> words) {
        Set<String> used = new TreeSet<>(program.tokens().tokens());
        used.retainAll(words);
        return used.isEmpty() ? Stream.of() : Stream.of(program.what() + " for " + String.join(", ", used));
    }
}
