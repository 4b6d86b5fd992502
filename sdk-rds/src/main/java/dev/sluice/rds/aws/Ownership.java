// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.aws;

import dev.sluice.api.operation.ControlPlaneOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.rds.model.Tag;

/**
 * Whose something is that a call makes or removes, as its tags say it.
 *
 * @param run the run's id
 * @param source what it was made from, where the call says it
 */
record Ownership(String run, Optional<String> source) {
    /** No parameters of the API: what the tags of the same names say. */
    static final String RUN = Temporary.TAG;

    static final String SOURCE = MadeFrom.TAG;

    /** As a call has it, or where it says nothing, by the name of what it makes. */
    static Ownership of(ControlPlaneOperation operation, String id) {
        Map<String, String> parameters = operation.parameters();
        return new Ownership(
                parameters.getOrDefault(RUN, Temporary.runOf(id)), Optional.ofNullable(parameters.get(SOURCE)));
    }

    List<Tag> tags() {
        List<Tag> tags = new ArrayList<>(List.of(tag(RUN, run)));
        source.ifPresent(from -> tags.add(tag(SOURCE, from)));
        return tags;
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }
}
