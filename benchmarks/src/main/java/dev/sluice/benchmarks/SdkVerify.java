// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import dev.sluice.api.plan.Scope;
import dev.sluice.api.verify.VerificationReport;
import dev.sluice.api.verify.VerifyListener;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.verify.Consistency;
import dev.sluice.core.verify.Verifier;
import dev.sluice.core.verify.VerifyRequest;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/** The program that compares with the SDK in the live way, in a JVM of its own and from cold, and writes down what it took. */
final class SdkVerify {
    private SdkVerify() {}

    /** Arguments: source port, replica port, user, threads, file for the figures. */
    public static void main(String... arguments) throws IOException {
        Scope scope = new Scope(List.of(BenchCommand.DATABASE), List.of(), List.of(), List.of());
        long begin = System.nanoTime();
        VerificationReport report = new Verifier()
                .verify(
                        connector(arguments[0], arguments[2]),
                        connector(arguments[1], arguments[2]),
                        VerifyRequest.of(scope, Consistency.LIVE)
                                .withThreads(SdkThreads.of(arguments[3]).comparing()),
                        VerifyListener.NONE,
                        new Cancellation());
        Properties figures = new Properties();
        figures.setProperty("seconds", Double.toString((System.nanoTime() - begin) / 1e9));
        figures.setProperty("rows", Long.toString(report.rows()));
        figures.setProperty("mismatches", Long.toString(report.mismatches()));
        try (Writer out = Files.newBufferedWriter(Path.of(arguments[4]))) {
            figures.store(out, null);
        }
    }

    private static MySqlConnector connector(String port, String user) {
        return BenchSnapshot.connector(
                "127.0.0.1", Integer.parseInt(port), user, () -> System.getenv(SdkCopy.PASSWORD));
    }
}
