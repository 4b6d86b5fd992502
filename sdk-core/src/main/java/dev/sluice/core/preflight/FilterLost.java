// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.core.mysql.ShownFilter;
import java.util.List;

/** A replica that follows the source already has a filter. */
final class FilterLost implements LiveCheck {
    @Override
    public String id() {
        return "filter-lost";
    }

    @Override
    public ErrorCode code() {
        return CheckCode.FILTER_LOST;
    }

    @Override
    public Level level() {
        return Level.WARNING;
    }

    @Override
    public List<Problem> problems(LiveContext context) {
        return LiveFilter.of(context).stream()
                .filter(ShownFilter::isEmpty)
                .map(none -> Problem.of(
                        code(), Labels.capital(Labels.replica(context)) + " follows the source without a filter"))
                .toList();
    }
}
