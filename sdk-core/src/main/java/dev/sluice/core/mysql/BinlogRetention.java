// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import java.time.Duration;

/**
 * How long a server keeps its binary logs, and how that is set. Zero means for ever.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.0/en/replication-options-binary-log.html">MySQL: binary logging options</a>
 */
public enum BinlogRetention {
    /** MySQL 5.7: whole days, at most 99. */
    IN_DAYS("expire_logs_days", Duration.ofDays(1), 99, 0),
    /** MySQL 8.0.1 and later: seconds, at most 2^32 - 1. */
    IN_SECONDS("binlog_expire_logs_seconds", Duration.ofSeconds(1), 4_294_967_295L, 2_592_000);

    private final String variable;
    private final Duration unit;
    private final long maximum;
    private final long usual;

    BinlogRetention(String variable, Duration unit, long maximum, long usual) {
        this.variable = variable;
        this.unit = unit;
        this.maximum = maximum;
        this.usual = usual;
    }

    /** The global variable that holds it. */
    public String variable() {
        return variable;
    }

    /** The longest time that can be set, short of for ever. */
    public Duration longest() {
        return unit.multipliedBy(maximum);
    }

    /**
     * The variable's value that keeps logs at least this long.
     *
     * @throws IllegalArgumentException if the time is not positive or longer than {@link #longest()}
     */
    public long valueFor(Duration time) {
        if (time.isNegative() || time.isZero() || time.compareTo(longest()) > 0) {
            throw new IllegalArgumentException(variable + " is over zero and at most " + longest() + ", not " + time);
        }
        long whole = time.dividedBy(unit);
        return unit.multipliedBy(whole).compareTo(time) < 0 ? whole + 1 : whole;
    }

    /** The value that servers have which nobody told otherwise: 30 days in seconds, for ever in days. */
    public long usual() {
        return usual;
    }

    /** What a value of the variable means; zero means for ever. */
    public Duration of(long value) {
        return unit.multipliedBy(value);
    }
}
