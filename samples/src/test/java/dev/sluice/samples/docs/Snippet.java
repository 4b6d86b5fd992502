// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.FencedCodeBlock;

/**
 * A block of Java on a page.
 *
 * @param page the page's path
 * @param line the page's line on which the block's first line of code stands
 * @param code what stands there
 * @param before what the page's earlier blocks with a preview say, for one of these: they are read as one text; else {@code ""}
 * @param note what the page says about the block
 */
record Snippet(String page, int line, String code, String before, SnippetNote note) {
    private static final String LANGUAGE = "java";

    /** A program of the Spring sample, which compiles it. */
    private static final String SPRING = "java spring";

    /** Something that can only stand at the top of a file: a package, an import or a type. */
    private static final Pattern UNIT = Pattern.compile(
            "\\A(?:\\s|//[^\\n]*\\n|/\\*.*?\\*/)*(?:@\\w+(?:\\([^)]*\\))?\\s+)*"
                    + "(?:package|import|(?:(?:public|final|abstract|sealed)\\s+)*(?:class|interface|enum|record|@interface))\\s",
            Pattern.DOTALL);

    /** Those of a page that are to compile. */
    static List<Snippet> of(Page page) {
        List<Snippet> snippets = new ArrayList<>();
        StringBuilder plans = new StringBuilder();
        page.content().accept(new AbstractVisitor() {
            @Override
            public void visit(FencedCodeBlock block) {
                String info = block.getInfo().strip();
                int line = Page.lineOf(block) + 1;
                if (isJava(info, page.at(line))) {
                    add(block.getLiteral(), line, SnippetNote.before(block));
                }
            }

            private void add(String code, int line, SnippetNote note) {
                if (note.leftOut().isPresent()) {
                    return;
                }
                boolean isPlan = note.preview().isPresent();
                snippets.add(new Snippet(page.path(), line, code, isPlan ? plans.toString() : "", note));
                if (isPlan) {
                    plans.append(code);
                }
            }
        });
        return snippets;
    }

    private static boolean isJava(String info, String where) {
        if (!info.equals(LANGUAGE) && !info.equals(SPRING) && info.startsWith(LANGUAGE + " ")) {
            throw new IllegalArgumentException(where + ": there is no kind of block '" + info + "'");
        }
        return info.equals(LANGUAGE);
    }

    /** Whether it is a file of its own rather than statements of a method. */
    boolean isUnit() {
        return UNIT.matcher(code).find();
    }

    /** Where a line of the block stands, for messages. */
    String at(long lineOfBlock) {
        return page + ":" + (line + Math.max(lineOfBlock, 1) - 1);
    }
}
