// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.aws;

import static java.util.Objects.requireNonNull;

/**
 * What a parameter group is attached to. Instances of RDS have a DB parameter group; the settings of Aurora's replication are in a DB
 * cluster parameter group. Immutable and thread-safe.
 *
 * @param place where it lives
 * @param level whether it is an instance or a cluster
 * @param identifier its identifier
 */
public record GroupOwner(AwsPlace place, Level level, String identifier) {
    private static final String DEFAULT = "default.";

    /** The two kinds of parameter groups. */
    public enum Level {
        /** A DB instance and its DB parameter group. */
        INSTANCE,
        /** A DB cluster and its DB cluster parameter group. */
        CLUSTER
    }

    public GroupOwner {
        requireNonNull(place, "place");
        requireNonNull(level, "level");
        requireNonNull(identifier, "identifier");
    }

    /** A DB instance. */
    public static GroupOwner instance(AwsPlace place, String identifier) {
        return new GroupOwner(place, Level.INSTANCE, identifier);
    }

    /** A DB cluster. */
    public static GroupOwner cluster(AwsPlace place, String identifier) {
        return new GroupOwner(place, Level.CLUSTER, identifier);
    }

    /** The group that Sluice makes for it where it has AWS's default one. */
    public String ownGroup() {
        return "sluice-" + identifier.toLowerCase(java.util.Locale.ROOT);
    }

    /** Whether nobody may change this group: AWS's default ones. */
    public static boolean isDefault(String group) {
        return group.startsWith(DEFAULT);
    }

    /**
     * The family of a default group, such as {@code aurora-mysql8.0}: AWS names these groups by it.
     *
     * @throws IllegalArgumentException if it is no default group
     */
    public static String familyOf(String defaultGroup) {
        if (!isDefault(defaultGroup)) {
            throw new IllegalArgumentException("Not a default parameter group: " + defaultGroup);
        }
        return defaultGroup.substring(DEFAULT.length());
    }
}
