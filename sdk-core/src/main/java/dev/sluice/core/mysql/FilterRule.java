// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import java.util.Locale;

/**
 * The kinds of rules of MySQL's replication filters, in the order in which servers show them.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/change-replication-filter.html">MySQL: CHANGE REPLICATION FILTER</a>
 */
public enum FilterRule {
    /** Changes in this database are applied; which one that is depends on the binary log's format. */
    DO_DB("REPLICATE_DO_DB"),
    /** Changes in this database are not applied; which one that is depends on the binary log's format. */
    IGNORE_DB("REPLICATE_IGNORE_DB"),
    /** Changes of this table are applied. */
    DO_TABLE("REPLICATE_DO_TABLE"),
    /** Changes of this table are not applied. */
    IGNORE_TABLE("REPLICATE_IGNORE_TABLE"),
    /** Changes of tables whose names match this pattern are applied. */
    WILD_DO_TABLE("REPLICATE_WILD_DO_TABLE"),
    /** Changes of tables whose names match this pattern are not applied. */
    WILD_IGNORE_TABLE("REPLICATE_WILD_IGNORE_TABLE"),
    /** Changes in one database are applied in another one. */
    REWRITE_DB("REPLICATE_REWRITE_DB");

    private final String keyword;

    FilterRule(String keyword) {
        this.keyword = keyword;
    }

    /** As in {@code CHANGE REPLICATION FILTER} and the performance schema. */
    public String keyword() {
        return keyword;
    }

    /** As in an option file and in RDS parameter groups. */
    public String option() {
        return keyword.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** As in the replica status, the same in all versions. */
    String statusLabel() {
        return keyword;
    }

    static FilterRule ofKeyword(String keyword) {
        for (FilterRule rule : values()) {
            if (rule.keyword.equalsIgnoreCase(keyword)) {
                return rule;
            }
        }
        throw new IllegalArgumentException("Not a rule of a replication filter: " + keyword);
    }
}
