// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.api.coordinates.MySqlGtidSet;
import dev.sluice.api.operation.LockKind;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.testservers.MySqlRelease;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("long")
class ProgramTransactionIT {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(LockKind.class)
    void mysqldumpOpensItsOwnTransactionUnderOurLock(LockKind lock) throws Exception {
        Optional<Path> mysqldump = MySqlRelease.MYSQL_9.clientProgram("mysqldump");
        assumeTrue(mysqldump.isPresent(), "mysqldump cannot be had here");
        Path rows = folder.resolve("rows.sql");
        try (Source source = Source.of(MySqlRelease.MYSQL_9);
                Bookings bookings = Bookings.by(4, source);
                ProgramTransaction transaction = ProgramTransaction.watch(source.connector())) {
            DumpOpener opener = new DumpOpener(mysqldump.get(), source, transaction);

            SnapshotMoment moment = Source.taker()
                    .hold(
                            source.connector(),
                            Source.request(lock),
                            opener,
                            SnapshotListener.SILENT,
                            new Cancellation());

            bookings.awaitMore(20);
            Process dump = opener.process();
            assertThat(dump.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(dump.exitValue()).isZero();
            try (Stream<String> lines = Files.lines(rows)) {
                long moves = lines.filter(line -> line.startsWith("INSERT INTO `moves`"))
                        .count();
                assertThat(moves).isPositive();
                assertThat(((MySqlGtidSet) moment.coordinates().gtids().orElseThrow()).count() - bookings.gtidsBefore())
                        .isEqualTo(moves);
            }
        }
    }

    private final class DumpOpener implements SnapshotOpener {
        private final Path program;
        private final Source source;
        private final ProgramTransaction transaction;
        private @Nullable Process process;

        DumpOpener(Path program, Source source, ProgramTransaction transaction) {
            this.program = program;
            this.source = source;
            this.transaction = transaction;
        }

        Process process() {
            return java.util.Objects.requireNonNull(process);
        }

        @Override
        public void prepare(Cancellation cancellation) {
            try {
                Files.writeString(
                        folder.resolve("options.cnf"),
                        "[client]\nhost=127.0.0.1\nport=" + source.server().port() + "\nuser=root\npassword="
                                + source.server().rootPassword() + "\n");
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        @Override
        public void open(LockWindow window) {
            try {
                process = new ProcessBuilder(
                                program.toString(),
                                "--defaults-file=" + folder.resolve("options.cnf"),
                                "--single-transaction",
                                "--set-gtid-purged=OFF",
                                "--skip-extended-insert",
                                "app")
                        .redirectOutput(folder.resolve("rows.sql").toFile())
                        .redirectError(folder.resolve("errors").toFile())
                        .start();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
            transaction.await(process().pid(), window);
        }

        @Override
        public void discard() {
            if (process != null) {
                process.destroyForcibly();
            }
        }
    }
}
