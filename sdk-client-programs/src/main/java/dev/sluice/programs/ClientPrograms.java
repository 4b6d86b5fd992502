// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.programs;

import static java.util.Objects.requireNonNull;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.core.dump.DumpAndLoad;
import dev.sluice.core.dump.DumpCode;
import dev.sluice.core.dump.DumpListener;
import dev.sluice.core.dump.DumpPrograms;
import dev.sluice.core.dump.DumpRequest;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * MySQL's programs {@code mysqldump} and {@code mysql} on this host, for {@code Sluice.builder().clientPrograms(…)} and plans with
 * {@code copyWith(CopyMethod.MYSQLDUMP)}. They have to be of the source's release series or a later one, and not MariaDB's; preflight tells if they are
 * missing or do not fit. Immutable and thread-safe.
 */
public final class ClientPrograms implements DumpPrograms {
    private final @Nullable Path mysqldump;
    private final @Nullable Path mysql;
    private final String searched;

    private ClientPrograms(@Nullable Path mysqldump, @Nullable Path mysql, String searched) {
        this.mysqldump = mysqldump;
        this.mysql = mysql;
        this.searched = searched;
    }

    /** The first ones on this process's {@code PATH}; whether there are any shows at {@link #require}. */
    public static ClientPrograms onPath() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return new ClientPrograms(
                search(path, "mysqldump").orElse(null), search(path, "mysql").orElse(null), "on PATH " + path);
    }

    /** The two in this folder, and no others; whether they are there shows at {@link #require}. */
    public static ClientPrograms in(Path folder) {
        return at(folder.resolve("mysqldump"), folder.resolve("mysql"));
    }

    /** These programs, and no others. */
    public static ClientPrograms at(Path mysqldump, Path mysql) {
        return new ClientPrograms(
                requireNonNull(mysqldump, "mysqldump"), requireNonNull(mysql, "mysql"), "at the given path");
    }

    private static Optional<Path> search(String path, String name) {
        return Arrays.stream(path.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder).resolve(name).toAbsolutePath())
                .filter(ClientPrograms::runs)
                .findFirst();
    }

    private static boolean runs(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    @Override
    public List<Problem> problems(ReplicationPlan plan) {
        return PlanRules.problems(plan);
    }

    @Override
    public List<String> snapshotTemplates() {
        return List.of(CommandTemplates.dump());
    }

    @Override
    public List<String> loadTemplates() {
        return CommandTemplates.load();
    }

    /**
     * Starts both programs to ask for their versions. Changes nothing; takes some tenths of a second.
     *
     * @throws StepRefusedException if one is missing, is MariaDB's, does not run, or if {@code mysqldump} is of an older release series than the
     *     source
     */
    @Override
    public void require(ServerVersion source) {
        PreparedDump.requireNotOlder(dump(), source);
        load();
    }

    @Override
    public DumpAndLoad copy(DumpRequest request, DumpListener listener) {
        return new PipedDump(this, request, listener);
    }

    ClientProgram dump() {
        return ask("mysqldump", mysqldump);
    }

    ClientProgram load() {
        return ask("mysql", mysql);
    }

    private ClientProgram ask(String name, @Nullable Path file) {
        if (file == null || !runs(file)) {
            throw new StepRefusedException(Problem.of(
                    DumpCode.PROGRAM_MISSING,
                    "There is no program " + name + " " + (file == null ? searched : "at " + file)));
        }
        return ClientProgram.ask(name, file);
    }
}
