// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.docs;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A plan on a page, and the servers for which the page shows how it explains itself: {@code preview of plan from aurora-3+gtid to
 * external-8.0+gtid}. Servers are written as {@link DocumentedServer} knows them; {@code to new} is a replica that the plan creates.
 *
 * @param variable that holds the plan at the end of the block
 * @param source the server to replicate from
 * @param replica the server to replicate to
 */
record GuidePreview(String variable, String source, String replica) {
    /** A replica that is there only once the plan has made it. */
    static final String NEW = "new";

    private static final Pattern WORDS = Pattern.compile("preview of (\\w+) from (\\S+) to (\\S+)");

    static Optional<GuidePreview> parse(String text) {
        Matcher words = WORDS.matcher(text);
        return words.matches()
                ? Optional.of(new GuidePreview(words.group(1), words.group(2), words.group(3)))
                : Optional.empty();
    }
}
