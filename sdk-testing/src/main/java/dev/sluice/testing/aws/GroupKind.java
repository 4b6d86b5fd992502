// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import java.util.Locale;

/** The two kinds of parameter groups, which have the same actions under different names. */
enum GroupKind {
    INSTANCE("DBParameterGroup", "DBParameters", "pg"),
    CLUSTER("DBClusterParameterGroup", "DBClusterParameters", "cluster-pg");

    private final String element;
    private final String parameters;
    private final String arn;

    GroupKind(String element, String parameters, String arn) {
        this.element = element;
        this.parameters = parameters;
        this.arn = arn;
    }

    /** As in {@code CreateDBParameterGroup}. */
    String element() {
        return element;
    }

    /** As in {@code DescribeDBParameters}. */
    String parameters() {
        return parameters;
    }

    /** As in {@code DBParameterGroupName}. */
    String nameParameter() {
        return element + "Name";
    }

    String arnPart() {
        return arn;
    }

    /** The kind of list in the file of parameters. */
    String list(String family) {
        if (this == CLUSTER) {
            return name().toLowerCase(Locale.ROOT);
        }
        return family.startsWith("aurora") ? "aurora" : "rds";
    }
}
