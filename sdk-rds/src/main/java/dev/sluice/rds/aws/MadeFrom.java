// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.aws;

import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.rds.model.Tag;

/**
 * Which run made a server, and from what, as its tags tell it. Immutable and thread-safe.
 *
 * @param run the value of its tag {@code sluice-run}, {@code ""} if it has none
 * @param source the value of its tag {@code sluice-source}, {@code ""} if it has none
 * @param created when AWS began to make it
 */
public record MadeFrom(String run, String source, Instant created) {
    /** The key of the tag that says what a replica was made from. */
    public static final String TAG = "sluice-source";

    static MadeFrom of(List<Tag> tags, Instant created) {
        return new MadeFrom(value(tags, Temporary.TAG), value(tags, TAG), created);
    }

    private static String value(List<Tag> tags, String key) {
        return tags.stream()
                .filter(tag -> key.equals(tag.key()))
                .map(Tag::value)
                .findFirst()
                .orElse("");
    }

    /** How the tag names an instance or a cluster. */
    public static String source(AwsPlace place, String identifier) {
        return place.region() + "/" + identifier;
    }

    /** Whether any run made it, from this. */
    public boolean isFrom(String expected) {
        return !run.isEmpty() && source.equalsIgnoreCase(expected);
    }
}
