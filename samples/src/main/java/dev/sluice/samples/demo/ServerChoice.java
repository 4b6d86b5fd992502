// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.demo;

import dev.sluice.testing.rds.RdsFlavour;
import dev.sluice.testservers.MySqlRelease;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A kind of server that the demo can start.
 *
 * @param text as it was given: {@code external:8.0}, {@code rds:8.0}, {@code aurora:3}
 * @param release the MySQL below
 * @param flavour what it is dressed as; empty for a self-managed server
 */
record ServerChoice(String text, MySqlRelease release, Optional<RdsFlavour> flavour) {
    private static final String USUAL = "8.0";

    private static final Map<String, RdsFlavour> MANAGED = Map.of(
            "rds:5.7", RdsFlavour.MYSQL_5_7,
            "rds:8.0", RdsFlavour.MYSQL_8_0,
            "rds:8.4", RdsFlavour.MYSQL_8_4,
            "aurora:5.7", RdsFlavour.AURORA_2,
            "aurora:8.0", RdsFlavour.AURORA_3,
            "aurora:8.4", RdsFlavour.AURORA_8_4);

    static ServerChoice external(String version) {
        return new ServerChoice("external:" + version, MySqlRelease.named(version), Optional.empty());
    }

    /** Whether it may be {@code KIND[:VERSION]}, and not somebody's own server. */
    static boolean isKind(String text) {
        return List.of("external", "rds", "aurora").contains(kind(text));
    }

    private static String kind(String text) {
        return text.split(":", 2)[0];
    }

    /**
     * Reads {@code KIND[:VERSION]}; the version is 8.0 where none is given.
     *
     * @throws IllegalArgumentException if there is no such kind or version, naming those that there are
     */
    static ServerChoice parse(String text) {
        String whole = text.contains(":") ? text : text + ":" + USUAL;
        if (kind(whole).equals("external")) {
            return external(whole.substring(whole.indexOf(':') + 1));
        }
        RdsFlavour flavour = MANAGED.get(whole);
        if (flavour == null) {
            throw new IllegalArgumentException(
                    "The demo has no server " + text + ". There are external:5.7, external:8.0, external:9, "
                            + String.join(", ", new TreeMap<>(MANAGED).keySet()));
        }
        return new ServerChoice(whole, below(flavour), Optional.of(flavour));
    }

    /** MySQL 9 shows 8.4 best of what can be had everywhere. */
    private static MySqlRelease below(RdsFlavour flavour) {
        return switch (flavour) {
            case MYSQL_5_7, AURORA_2 -> MySqlRelease.MYSQL_5_7;
            case MYSQL_8_0, AURORA_3 -> MySqlRelease.MYSQL_8_0_31;
            case MYSQL_8_4, AURORA_8_4 -> MySqlRelease.MYSQL_9;
        };
    }

    @Override
    public String toString() {
        return flavour.map(dress -> release + " dressed as " + text).orElse(release.toString());
    }
}
