// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

public final class SnapshotStatements {
    private SnapshotStatements() {}

    public static java.util.List<String> templates(java.util.List<dev.sluice.api.operation.LockKind> l) {
        return java.util.List.of("FLUSH TABLES WITH READ LOCK");
    }
}
