// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.docs;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Text;

/** The places on a page that a link can name after its #, as GitHub makes them from headings, and those of HTML anchors. */
final class Anchors extends AbstractVisitor {
    private static final Pattern NAMED = Pattern.compile("<a\\s+(?:id|name)=\"([^\"]+)\"");
    private static final Pattern LEFT_OUT = Pattern.compile("[^\\p{L}\\p{M}\\p{N}\\p{Pc}\\- ]");

    private final Set<String> found = new HashSet<>();

    private Anchors() {}

    static Set<String> of(Page page) {
        Anchors anchors = new Anchors();
        page.content().accept(anchors);
        return anchors.found;
    }

    @Override
    public void visit(Heading heading) {
        StringBuilder text = new StringBuilder();
        heading.accept(new AbstractVisitor() {
            @Override
            public void visit(Heading same) {
                visitChildren(same);
            }

            @Override
            public void visit(Text part) {
                text.append(part.getLiteral());
            }

            @Override
            public void visit(Code part) {
                text.append(part.getLiteral());
            }
        });
        add(LEFT_OUT.matcher(text.toString().toLowerCase(Locale.ROOT))
                .replaceAll("")
                .replace(' ', '-'));
    }

    /** The second of the same words is numbered. */
    private void add(String words) {
        String anchor = words;
        for (int next = 1; !found.add(anchor); next++) {
            anchor = words + "-" + next;
        }
    }

    @Override
    public void visit(HtmlInline html) {
        addNamed(html.getLiteral());
    }

    @Override
    public void visit(HtmlBlock html) {
        addNamed(html.getLiteral());
    }

    private void addNamed(String html) {
        Matcher named = NAMED.matcher(html);
        while (named.find()) {
            found.add(named.group(1));
        }
    }
}
