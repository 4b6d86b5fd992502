// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.docs;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.SimpleJavaFileObject;

/** A snippet as a source file whose line 2 is the snippet's first. */
final class SnippetSource extends SimpleJavaFileObject {
    private static final int LINES_BEFORE = 1;
    private static final Pattern PACKAGE = Pattern.compile("(?m)^\\s*package\\s+([\\w.]+)\\s*;");
    private static final Pattern PUBLIC_TYPE = Pattern.compile(
            "(?m)^public\\s+(?:(?:final|abstract|sealed)\\s+)*(?:class|interface|enum|record|@interface)\\s+(\\w+)");

    private final Snippet snippet;
    private final String code;

    private SnippetSource(Snippet snippet, String path, String code) {
        super(URI.create("string:///" + path + Kind.SOURCE.extension), Kind.SOURCE);
        this.snippet = snippet;
        this.code = code;
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
        String fields = "class Givens { " + SnippetGivens.names() + "}";
        String body = snippet.note().members()
                ? "\n" + snippet.code()
                : "void snippet() throws Exception {\n" + snippet.code() + "}";
        return new SnippetSource(
                snippet,
                packageOf(snippet).replace('.', '/') + "/Snippet",
                "package " + packageOf(snippet) + "; " + SnippetGivens.imports() + fields
                        + " class Own extends Givens {" + givens + "} class Snippet extends Own {" + body + "}");
    }

    private static String packageOf(Snippet snippet) {
        return "snippets." + snippet.page().replaceAll("\\W", "_") + ".line" + snippet.line();
    }

    /** Where on the page a line of this file stands. */
    String at(long lineOfFile) {
        long last = snippet.code().lines().count();
        return snippet.at(Math.min(lineOfFile - LINES_BEFORE, last));
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return code;
    }
}
