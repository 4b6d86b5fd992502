// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

/** The two kinds of snapshots, which have the same actions under different names. */
enum SnapshotKind {
    INSTANCE("DBSnapshot", "DBInstanceIdentifier", "snapshot", ""),
    CLUSTER("DBClusterSnapshot", "DBClusterIdentifier", "cluster-snapshot", "Fault");

    private final String element;
    private final String originParameter;
    private final String arnPart;
    private final String fault;

    SnapshotKind(String element, String originParameter, String arnPart, String fault) {
        this.element = element;
        this.originParameter = originParameter;
        this.arnPart = arnPart;
        this.fault = fault;
    }

    /** As in {@code CreateDBSnapshot}. */
    String element() {
        return element;
    }

    /** What names whose snapshot it is. */
    String originParameter() {
        return originParameter;
    }

    String arnPart() {
        return arnPart;
    }

    String notFound() {
        return element + "NotFound" + fault;
    }

    String alreadyExists() {
        return element + "AlreadyExists" + fault;
    }

    String wrongState() {
        return "Invalid" + element + "State" + fault;
    }

    /** Where its events are found. */
    String eventType() {
        return this == INSTANCE ? "db-snapshot" : "db-cluster-snapshot";
    }

    String creating() {
        return this == INSTANCE ? "Creating manual snapshot" : "Creating manual cluster snapshot";
    }

    String created() {
        return this == INSTANCE ? "Manual snapshot created" : "Manual cluster snapshot created";
    }

    String category() {
        return this == INSTANCE ? "creation" : "backup";
    }
}
