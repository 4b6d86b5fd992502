// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.LiveContext;
import java.util.List;

/** Each table has a key by which the replica finds a changed row. */
final class NoPrimaryKey implements LiveCheck {
    @Override
    public String id() {
        return "no-primary-key";
    }

    @Override
    public ErrorCode code() {
        return CheckCode.NO_KEY;
    }

    @Override
    public Level level() {
        return Level.WARNING;
    }

    @Override
    public List<Problem> problems(LiveContext context) {
        List<TableName> tables =
                KeylessTables.on(context.sourceSession(), context.replication().scope());
        return tables.isEmpty()
                ? List.of()
                : List.of(
                        Problem.of(code(), tables.size() + " tables in the scope have no key: " + Listing.of(tables)));
    }
}
