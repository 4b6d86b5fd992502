// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.facts.ServerVersion;
import dev.sluice.core.mysql.Dialect;
import org.jspecify.annotations.Nullable;

/** What the server at the end of a link understands. Asked anew after a failure: it may come back in another version. One thread at a time. */
final class LinkDialect {
    private final ServerLink link;
    private @Nullable Dialect known;

    LinkDialect(ServerLink link) {
        this.link = link;
    }

    Dialect get() {
        Dialect dialect = known;
        if (dialect == null) {
            dialect = Dialect.of(ServerVersion.parse(
                    link.session().queryValue("SELECT VERSION()").orElse("")));
            known = dialect;
        }
        return dialect;
    }

    void forget() {
        known = null;
    }
}
