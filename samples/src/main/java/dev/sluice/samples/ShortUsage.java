// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what was not understood, without the page of options that picocli prints below it: nobody sees the error above that. */
public final class ShortUsage implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(failure.getMessage());
        UnmatchedArgumentException.printSuggestions(failure, err);
        err.println("See ./" + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }
}
