// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The tags of a region's resources, by ARN. A resource is in it as long as it exists. Guarded by the lock of the state. */
final class TagBook {
    private final Map<String, Map<String, String>> tags = new TreeMap<>();

    void open(String arn, Map<String, String> first) {
        tags.put(arn, new LinkedHashMap<>(first));
    }

    void close(String arn) {
        tags.remove(arn);
    }

    void add(String arn, Map<String, String> more) {
        existing(arn).putAll(more);
    }

    void remove(String arn, List<String> keys) {
        existing(arn).keySet().removeAll(keys);
    }

    private Map<String, String> existing(String arn) {
        Map<String, String> found = tags.get(arn);
        if (found == null) {
            throw ApiRefusal.notFound(
                    "DBInstanceNotFound",
                    "The specified resource name does not match an RDS resource in" + " this region: " + arn);
        }
        return found;
    }

    /** Adds the list of a resource's tags. */
    void write(String arn, Xml into) {
        into.list(
                "TagList",
                existing(arn).entrySet(),
                tag -> Xml.element("Tag").with("Key", tag.getKey()).with("Value", tag.getValue()));
    }
}
