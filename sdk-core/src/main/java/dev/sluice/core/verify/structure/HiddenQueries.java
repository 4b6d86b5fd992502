// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify.structure;

import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.mysql.Quote;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks for queries of views that the information schema leaves out, as 8.0.15 does where the definer does not exist. */
record HiddenQueries(ServerSession session) {
    static final String SHOW = "SHOW CREATE VIEW ";

    private static final Pattern QUERY =
            Pattern.compile("(?s) VIEW (?:`(?:[^`]|``)+`\\.)?`(?:[^`]|``)+` (?:\\((?:`(?:[^`]|``)+`,?)+\\) )?AS (.*)");

    /** The information schema tells of the option apart from the query. */
    private static final Pattern OPTION = Pattern.compile(" WITH (?:CASCADED|LOCAL) CHECK OPTION$");

    Optional<String> read(TableName view) {
        try {
            return session.queryOne(SHOW + Quote.identifier(view))
                    .map(row -> QUERY.matcher(row.text("Create View")))
                    .filter(Matcher::find)
                    .map(found -> OPTION.matcher(found.group(1)).replaceFirst(""));
        } catch (StepRefusedException notAllowed) {
            return Optional.empty();
        }
    }
}
