// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.plan;

import dev.sluice.api.endpoint.EndpointOption;
import dev.sluice.api.endpoint.ReplicaEndpoint;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles an expression in this package and returns the compiler's errors. */
final class Compiling {
    private Compiling() {}

    static List<String> errorsIn(String expression) {
        String source = "package dev.sluice.api.plan; class Snippet { Object value() { return " + expression + "; } }";
        JavaFileObject unit =
                new SimpleJavaFileObject(URI.create("string:///Snippet.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignored) {
                        return source;
                    }
                };
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        List<String> options = List.of(
                "-proc:none",
                "-classpath",
                System.getProperty("java.class.path"),
                "-d",
                System.getProperty("java.io.tmpdir"));
        ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, problems, options, null, List.of(unit))
                .call();
        return problems.getDiagnostics().stream()
                .filter(d -> d.getKind() == Diagnostic.Kind.ERROR)
                .map(d -> d.getMessage(Locale.ROOT))
                .toList();
    }

    /** Belongs to another kind of server than {@link TestServer}. */
    static final class OptionOfAnother implements EndpointOption<Other> {
        @Override
        public String name() {
            return "other";
        }
    }

    /** Another kind of server. */
    interface Other extends ReplicaEndpoint {}
}
