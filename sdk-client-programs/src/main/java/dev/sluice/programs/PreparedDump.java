// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.programs;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.facts.ServerVersion;
import dev.sluice.core.dump.DumpContent;
import dev.sluice.core.dump.DumpEnd;
import dev.sluice.core.mysql.MySqlConnector;
import java.util.List;

/**
 * Everything that {@code mysqldump} needs to be started at once.
 *
 * @param source the server that it reads
 * @param program the program
 * @param arguments its arguments
 * @param file holds the login and what is left out
 * @param look sees its session
 */
record PreparedDump(
        MySqlConnector source, ClientProgram program, List<String> arguments, OptionFile file, ProgramSession look)
        implements AutoCloseable {
    static PreparedDump of(DumpEnd source, ClientProgram program, DumpScope scope, DumpContent.Code code) {
        ProgramSession look = ProgramSession.watch(source.connector(), "mysqldump");
        try {
            requireNotOlder(program, look.session().version());
            look.requireTransactionsVisible();
            OptionFile file = OptionFile.write(
                    OptionText.of(source, ServerTls.of(look.session())) + OptionText.leavingOut(scope.leftOut()));
            List<String> arguments = DumpArguments.dump(
                    file.path().toString(), scope.databases(), code, program.knows(DumpArguments.COLUMN_STATISTICS));
            return new PreparedDump(source.connector(), program, arguments, file, look);
        } catch (RuntimeException failure) {
            look.close();
            throw failure;
        }
    }

    /** An old mysqldump does not know what newer servers can define, and leaves it out without a word. */
    static void requireNotOlder(ClientProgram program, ServerVersion server) {
        if (!program.version().isAtLeast(server.major(), server.minor(), 0)) {
            throw new StepRefusedException(Problem.of(
                    ProgramCode.PROGRAM_UNUSABLE,
                    program.name() + " at " + program.file() + " is of release " + program.version()
                            + " and the source of " + server));
        }
    }

    @Override
    public void close() {
        file.close();
        look.close();
    }
}
