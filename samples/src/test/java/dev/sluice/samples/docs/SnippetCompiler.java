// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.docs;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles all snippets at once, as a user of all modules would on the oldest Java that they run on. */
final class SnippetCompiler {
    /** Surefire starts its JVM with a jar that only names the class path; javac is given what it names. */
    private static final String CLASS_PATH =
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

    private final Path classes;

    /**
     * A compiler.
     *
     * @param classes a folder for what comes of it
     */
    SnippetCompiler(Path classes) {
        this.classes = classes;
    }

    /** What is wrong, one line a fault, each with the page and its line; empty if nothing is. */
    List<String> faultsOf(List<Snippet> snippets) throws IOException {
        JavaCompiler javac = requireNonNull(ToolProvider.getSystemJavaCompiler(), "a JDK, not only a JRE");
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        StringWriter elsewhere = new StringWriter();
        boolean compiles;
        try (StandardJavaFileManager files =
                javac.getStandardFileManager(found, Locale.ENGLISH, StandardCharsets.UTF_8)) {
            compiles = javac.getTask(
                            elsewhere,
                            files,
                            found,
                            List.of(
                                    "--release",
                                    "17",
                                    "-proc:none",
                                    "-Xmaxerrs",
                                    "1000",
                                    "-cp",
                                    CLASS_PATH,
                                    "-d",
                                    classes.toString()),
                            null,
                            snippets.stream().map(SnippetSource::of).toList())
                    .call();
        }
        List<String> faults = new ArrayList<>();
        found.getDiagnostics().stream()
                .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
                .map(SnippetCompiler::described)
                .forEach(faults::add);
        if (!compiles && faults.isEmpty()) {
            faults.add("The compiler failed without an error: " + elsewhere);
        }
        return faults;
    }

    private static String described(Diagnostic<? extends JavaFileObject> fault) {
        String what = fault.getMessage(Locale.ENGLISH).replaceAll("\\s+", " ");
        return fault.getSource() instanceof SnippetSource source
                ? source.at(fault.getLineNumber()) + ": " + what
                : what;
    }
}
