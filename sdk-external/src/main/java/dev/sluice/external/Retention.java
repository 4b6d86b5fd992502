// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.facts.ServerFacts;
import dev.sluice.core.mysql.BinlogRetention;
import dev.sluice.core.mysql.Dialect;
import java.time.Duration;

/**
 * How long a source keeps its binary logs, as the facts have it.
 *
 * <p>MySQL 8.0 and 8.1 also take {@code expire_logs_days}, and refuse either variable while the other is set (errors 3683, 4113;
 * seen on 8.0.15 and 8.0.31). Where the days are in use, it is the days that are raised.
 *
 * @param source the source's facts
 * @param setting the variable that counts on this server
 * @param value its value; 0 keeps the logs for ever
 */
record Retention(ServerFacts source, BinlogRetention setting, long value) {
    static Retention of(ServerFacts source) {
        BinlogRetention setting = Dialect.of(source.version()).binlogRetention();
        boolean daysAreUsed = value(source, setting) == 0 && value(source, BinlogRetention.IN_DAYS) > 0;
        BinlogRetention counts = daysAreUsed ? BinlogRetention.IN_DAYS : setting;
        return new Retention(source, counts, value(source, counts));
    }

    private static long value(ServerFacts source, BinlogRetention setting) {
        return source.variable(setting.variable()).map(Long::parseLong).orElse(0L);
    }

    /** Nothing is ever removed by age: no limit is set, or the server does not look (8.0.29 and later). */
    boolean isForEver() {
        return value == 0
                || source.variable("binlog_expire_logs_auto_purge")
                        .filter("OFF"::equalsIgnoreCase)
                        .isPresent();
    }

    boolean isAtLeast(Duration wanted) {
        return isForEver() || setting.of(value).compareTo(wanted) >= 0;
    }

    String variable() {
        return setting.variable();
    }

    /** The value that keeps logs as long as this, rounded up to the variable's unit. */
    Setting settingFor(Duration wanted) {
        return new Setting(source, variable(), setting.valueFor(wanted));
    }

    /** For people. */
    @Override
    public String toString() {
        return isForEver() ? "for ever" : inHours(setting.of(value)) + " (" + variable() + "=" + value + ")";
    }

    static String inHours(Duration time) {
        return time.toHours() > 0 ? time.toHours() + " h" : time.toSeconds() + " s";
    }
}
