// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.rds;

import java.util.Map;
import java.util.TreeMap;

/**
 * A procedure of a flavour.
 *
 * @param name without its schema
 * @param resource the script that creates it
 * @param words what the script says differently for this procedure
 */
record Procedure(String name, String resource, Map<String, String> words) {
    static final String NO_CHANNEL = "''";

    static Procedure of(String name, String resource) {
        return new Procedure(name, resource, Map.of()).ofDefaultChannel();
    }

    private Procedure ofDefaultChannel() {
        return with("channel", NO_CHANNEL)
                .with("channelParameter", "")
                .with("onlyChannelParameter", "")
                .with("newChannel", "nothing")
                .with("tls", "nothing")
                .with("mostDelay", "86400")
                .with("baseName", "'mysql-bin-changelog'");
    }

    /** The same for a channel that its last argument names. */
    Procedure forChannel() {
        return new Procedure(name + "_for_channel", resource, words)
                .with("channel", "TRIM(BOTH FROM channel_name)")
                .with("channelParameter", ", IN channel_name VARCHAR(64)")
                .with("onlyChannelParameter", "IN channel_name VARCHAR(64)")
                .with("newChannel", "channel_may_be_added")
                .with("tls", "nothing")
                .with("mostDelay", "86400")
                .with("baseName", "${part:base_name_of_log}");
    }

    Procedure with(String word, String value) {
        Map<String, String> more = new TreeMap<>(words);
        more.put(word, value);
        return new Procedure(name, resource, more);
    }
}
