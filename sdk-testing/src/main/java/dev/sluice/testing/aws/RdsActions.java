// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

/** All actions of RDS that the look-alike knows. */
final class RdsActions {
    private RdsActions() {}

    static Actions all() {
        Actions actions = new Actions();
        InstanceActions.register(actions);
        ClusterActions.register(actions);
        ParameterActions.register(actions, GroupKind.INSTANCE);
        ParameterActions.register(actions, GroupKind.CLUSTER);
        SnapshotActions.register(actions, SnapshotKind.INSTANCE);
        SnapshotActions.register(actions, SnapshotKind.CLUSTER);
        CreateActions.register(actions);
        RestoreActions.register(actions);
        ReplicaActions.register(actions);
        DeleteActions.register(actions);
        EventActions.register(actions);
        TagActions.register(actions);
        EngineVersionActions.register(actions);
        return actions;
    }
}
