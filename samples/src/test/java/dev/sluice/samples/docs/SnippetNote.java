// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.docs;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.Node;
import org.jspecify.annotations.Nullable;

/**
 * What an HTML comment right before a block says about it. Nothing else is understood:
 *
 * <pre>
 * &lt;!-- snippet: given AuroraMySql source; int hours --&gt;   names that the block uses besides those of {@link SnippetGivens}
 * &lt;!-- snippet: members --&gt;                               the block holds methods or fields of a class
 * &lt;!-- snippet: preview of plan from rds-8.0 to aurora-3 --&gt;  the page shows how this plan explains itself: {@link GuidePreview}
 * &lt;!-- snippet: not compiled: why --&gt;                     the block is left out
 * </pre>
 *
 * @param givens declarations without initial values
 * @param members whether the block is the inside of a class
 * @param preview which plan is explained, if one is
 * @param leftOut why the block is not compiled, if it is not
 */
record SnippetNote(List<String> givens, boolean members, Optional<GuidePreview> preview, Optional<String> leftOut) {
    static final SnippetNote NONE = new SnippetNote(List.of(), false, Optional.empty(), Optional.empty());

    private static final Pattern COMMENT = Pattern.compile("<!--\\s*snippet:\\s*(.*?)\\s*-->", Pattern.DOTALL);
    private static final String GIVEN = "given ";
    private static final String NOT_COMPILED = "not compiled:";

    /** What is said about a block; {@link #NONE} where nothing is. */
    static SnippetNote before(Node block) {
        @Nullable Node before = block.getPrevious();
        if (before instanceof HtmlBlock html) {
            Matcher comment = COMMENT.matcher(html.getLiteral());
            if (comment.find()) {
                return parse(comment.group(1));
            }
        }
        return NONE;
    }

    private static SnippetNote parse(String text) {
        if (text.equals("members")) {
            return new SnippetNote(List.of(), true, Optional.empty(), Optional.empty());
        }
        if (text.startsWith(GIVEN)) {
            List<String> givens = Arrays.stream(text.substring(GIVEN.length()).split(";"))
                    .map(String::strip)
                    .toList();
            return new SnippetNote(givens, false, Optional.empty(), Optional.empty());
        }
        Optional<GuidePreview> preview = GuidePreview.parse(text);
        if (preview.isPresent()) {
            return new SnippetNote(List.of(), false, preview, Optional.empty());
        }
        if (text.startsWith(NOT_COMPILED)) {
            String reason = text.substring(NOT_COMPILED.length()).strip();
            if (!reason.isEmpty()) {
                return new SnippetNote(List.of(), false, Optional.empty(), Optional.of(reason));
            }
        }
        throw new IllegalArgumentException(
                "A comment about a snippet says 'given …', 'members', 'preview of …' or 'not compiled: why', not '"
                        + text + "'");
    }
}
