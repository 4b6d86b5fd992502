// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import dev.sluice.core.mysql.FilterRule;
import dev.sluice.core.mysql.ShownFilter;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The filter that RDS gives its own read replicas: it leaves out tables of the system schemas, which no plan copies. Any other filter would
 * leave rows out that belong to the snapshot.
 */
final class OwnTablesFilter {
    private static final Set<FilterRule> IGNORING = Set.of(FilterRule.IGNORE_TABLE, FilterRule.WILD_IGNORE_TABLE);
    private static final List<String> SYSTEM = List.of("mysql.", "sys.", "innodb_memcache.");

    private OwnTablesFilter() {}

    /** Whether everything that a plan may copy gets through. */
    static boolean admits(ShownFilter filter) {
        return filter.rules().entrySet().stream().allMatch(OwnTablesFilter::isOfSystemTables);
    }

    private static boolean isOfSystemTables(Map.Entry<FilterRule, List<String>> rule) {
        return IGNORING.contains(rule.getKey())
                && rule.getValue().stream().allMatch(table -> SYSTEM.stream().anyMatch(table::startsWith));
    }
}
