// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.docs;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.SimpleJavaFileObject;

/** A snippet as a source file. */
final class SnippetSource extends SimpleJavaFileObject {
    private static final String NAME = "Snippet";
    private static final Pattern PACKAGE = Pattern.compile("(?m)^\\s*package\\s+([\\w.]+)\\s*;");
    private static final Pattern PUBLIC_TYPE = Pattern.compile(
            "(?m)^public\\s+(?:(?:final|abstract|sealed)\\s+)*(?:class|interface|enum|record|@interface)\\s+(\\w+)");

    private final Snippet snippet;
    private final String code;
    private final long linesBefore;

    private SnippetSource(Snippet snippet, String path, String code) {
        super(URI.create("string:///" + path + Kind.SOURCE.extension), Kind.SOURCE);
        this.snippet = snippet;
        this.code = code;
        this.linesBefore = 1 + snippet.before().lines().count();
    }

    /** As a file of its own, or in a method or class, by what it is. */
    static SnippetSource of(Snippet snippet) {
        return snippet.isUnit() ? unit(snippet) : inside(snippet);
    }

    /** Each block has a package of its own, unless it names one: pages may call their classes the same. */
    private static SnippetSource unit(Snippet snippet) {
        Matcher named = PACKAGE.matcher(snippet.code());
        boolean isNamed = named.find();
        String own = isNamed ? named.group(1) : packageOf(snippet);
        Matcher type = PUBLIC_TYPE.matcher(snippet.code());
        String name = type.find() ? type.group(1) : "Unit";
        return new SnippetSource(
                snippet,
                own.replace('.', '/') + "/" + name,
                (isNamed ? "" : "package " + own + ";") + "\n" + snippet.code());
    }

    private static SnippetSource inside(Snippet snippet) {
        String givens = snippet.note().givens().stream().map(each -> each + ";").collect(Collectors.joining(" "));
        return new SnippetSource(
                snippet,
                packageOf(snippet).replace('.', '/') + "/" + NAME,
                "package " + packageOf(snippet) + "; " + SnippetGivens.imports() + "class Givens { "
                        + SnippetGivens.names() + "} class Own extends Givens {" + givens + "} public class " + NAME
                        + " extends Own " + body(snippet) + "}");
    }

    private static String body(Snippet snippet) {
        String code = "\n" + snippet.before() + snippet.code();
        if (snippet.note().members()) {
            return "{" + code;
        }
        return snippet.note()
                .preview()
                .map(preview -> "implements Callable<Plan> { public Plan call() {" + code + "return "
                        + preview.variable() + ";}")
                .orElse("{ void snippet() throws Exception {" + code + "}");
    }

    /** The class that gives the plan of a block with a preview: a {@code Callable<Plan>}. */
    static String classOf(Snippet snippet) {
        return packageOf(snippet) + "." + NAME;
    }

    private static String packageOf(Snippet snippet) {
        return "snippets." + snippet.page().replaceAll("\\W", "_") + ".line" + snippet.line();
    }

    /** Where on the page a line of this file stands. */
    String at(long lineOfFile) {
        long last = snippet.code().lines().count();
        return snippet.at(Math.min(lineOfFile - linesBefore, last));
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return code;
    }
}
