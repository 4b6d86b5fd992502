// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.operation;

/** The passwords that statements of a run can need. */
public enum OperationSecret {
    /** The replication account's: the one that the plan names, or one that the run makes up and holds in memory only. */
    REPLICATION_PASSWORD
}
