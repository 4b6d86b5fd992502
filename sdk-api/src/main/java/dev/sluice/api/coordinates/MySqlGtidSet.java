// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.coordinates;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * MySQL's GTID set: per source UUID, and from 8.3 on per tag, intervals of transaction numbers. Values are normalised, so that
 * equal sets are equal. Immutable and thread-safe.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/replication-gtids-concepts.html">MySQL: GTID format and storage</a>
 */
public final class MySqlGtidSet implements GtidSet {
    /** The set without any transaction. */
    public static final MySqlGtidSet EMPTY = new MySqlGtidSet(new TreeMap<>());

    /** By {@code uuid} or {@code uuid:tag}, sorted; never an empty list of intervals. */
    private final SortedMap<String, List<GtidInterval>> intervals;

    private MySqlGtidSet(SortedMap<String, List<GtidInterval>> intervals) {
        this.intervals = Collections.unmodifiableSortedMap(intervals);
    }

    /**
     * Reads what a server prints, such as {@code 3e11fa47-…:1-5:11-18,\n3e11fa47-…:tag:1}.
     *
     * @throws IllegalArgumentException if the text is not a GTID set
     */
    public static MySqlGtidSet parse(String text) {
        SortedMap<String, List<GtidInterval>> found = new TreeMap<>();
        for (String member : text.replaceAll("\\s", "").split(",")) {
            if (!member.isEmpty()) {
                parseMember(member, found);
            }
        }
        found.replaceAll((key, list) -> GtidInterval.merged(list));
        return new MySqlGtidSet(found);
    }

    private static void parseMember(String member, SortedMap<String, List<GtidInterval>> into) {
        String[] fields = member.toLowerCase(Locale.ROOT).split(":");
        if (fields.length < 2 || !fields[0].matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
            throw new IllegalArgumentException("Not a member of a GTID set: " + member);
        }
        String key = fields[0];
        for (int i = 1; i < fields.length; i++) {
            if (fields[i].matches("[a-z_][a-z0-9_]{0,31}")) {
                key = fields[0] + ":" + fields[i];
            } else {
                into.computeIfAbsent(key, k -> new ArrayList<>()).add(GtidInterval.parse(fields[i], member));
            }
        }
    }

    @Override
    public boolean isEmpty() {
        return intervals.isEmpty();
    }

    /** Whether every transaction of the other set is in this one. */
    public boolean contains(MySqlGtidSet other) {
        return other.minus(this).isEmpty();
    }

    /** What is in this set or in the other. */
    public MySqlGtidSet plus(MySqlGtidSet other) {
        SortedMap<String, List<GtidInterval>> sum = new TreeMap<>(intervals);
        other.intervals.forEach((key, list) -> sum.merge(key, list, (a, b) -> {
            List<GtidInterval> both = new ArrayList<>(a);
            both.addAll(b);
            return GtidInterval.merged(both);
        }));
        return new MySqlGtidSet(sum);
    }

    /** What is in this set and not in the other. */
    public MySqlGtidSet minus(MySqlGtidSet other) {
        SortedMap<String, List<GtidInterval>> rest = new TreeMap<>();
        intervals.forEach((key, list) -> {
            List<GtidInterval> left = GtidInterval.minus(list, other.intervals.getOrDefault(key, List.of()));
            if (!left.isEmpty()) {
                rest.put(key, left);
            }
        });
        return new MySqlGtidSet(rest);
    }

    /** The transactions that began on one server: those with its UUID, with or without a tag. */
    public MySqlGtidSet of(String serverUuid) {
        String uuid = serverUuid.toLowerCase(Locale.ROOT);
        SortedMap<String, List<GtidInterval>> own = new TreeMap<>();
        intervals.forEach((key, list) -> {
            if (key.equals(uuid) || key.startsWith(uuid + ":")) {
                own.put(key, list);
            }
        });
        return new MySqlGtidSet(own);
    }

    /** How many transactions are in it. */
    public long count() {
        return intervals.values().stream()
                .flatMap(List::stream)
                .mapToLong(GtidInterval::length)
                .sum();
    }

    /** The intervals by {@code uuid} or {@code uuid:tag}, in order. */
    public Map<String, List<GtidInterval>> intervals() {
        return intervals;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MySqlGtidSet that && intervals.equals(that.intervals);
    }

    @Override
    public int hashCode() {
        return intervals.hashCode();
    }

    @Override
    public String toString() {
        return intervals.entrySet().stream()
                .map(e -> e.getKey() + e.getValue().stream().map(i -> ":" + i).collect(Collectors.joining()))
                .collect(Collectors.joining(","));
    }
}
