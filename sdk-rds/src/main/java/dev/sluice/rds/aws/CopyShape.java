// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.aws;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a server that is made from another one has of its own; what is not said is taken from that other one when the call is made. Every
 * method returns a new one. Immutable and thread-safe.
 *
 * @param parameterGroupOrNull see {@link #parameterGroup()}
 * @param instanceClassOrNull see {@link #instanceClass()}
 * @param subnetGroupOrNull see {@link #subnetGroup()}
 * @param securityGroups ids of VPC security groups; empty for those of the other server
 */
public record CopyShape(
        @Nullable String parameterGroupOrNull,
        @Nullable String instanceClassOrNull,
        @Nullable String subnetGroupOrNull,
        List<String> securityGroups) {
    /** All as the other server has it. */
    public static final CopyShape AS_SOURCE = new CopyShape(null, null, null, List.of());

    public CopyShape {
        securityGroups = List.copyOf(securityGroups);
    }

    /** With this parameter group; the DB cluster parameter group of a cluster. */
    public CopyShape withParameterGroup(String name) {
        return new CopyShape(requireNonNull(name, "name"), instanceClassOrNull, subnetGroupOrNull, securityGroups);
    }

    /** With instances of this class, such as {@code db.r6g.large}. */
    public CopyShape withInstanceClass(String name) {
        return new CopyShape(parameterGroupOrNull, requireNonNull(name, "name"), subnetGroupOrNull, securityGroups);
    }

    /** In this DB subnet group. */
    public CopyShape withSubnetGroup(String name) {
        return new CopyShape(parameterGroupOrNull, instanceClassOrNull, requireNonNull(name, "name"), securityGroups);
    }

    /** With these VPC security groups. */
    public CopyShape withSecurityGroups(List<String> ids) {
        return new CopyShape(parameterGroupOrNull, instanceClassOrNull, subnetGroupOrNull, ids);
    }

    /** Its parameter group; empty for the other server's. */
    public Optional<String> parameterGroup() {
        return Optional.ofNullable(parameterGroupOrNull);
    }

    /** The class of its instances; empty for that of the other server's writer. */
    public Optional<String> instanceClass() {
        return Optional.ofNullable(instanceClassOrNull);
    }

    /** Its subnet group; empty for the other server's. */
    public Optional<String> subnetGroup() {
        return Optional.ofNullable(subnetGroupOrNull);
    }
}
