// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.aws;

import dev.sluice.api.operation.ControlPlaneOperation;
import dev.sluice.api.operation.OperationInfo;
import java.util.Map;

/** The calls that make and remove what a run needs for a while: as operations, and as commands for people. */
public final class TemporaryCalls {
    static final String SERVICE = "rds";
    static final String CREATE_REPLICA = "CreateDBInstanceReadReplica";
    static final String DELETE_INSTANCE = "DeleteDBInstance";
    static final String INSTANCE = "DBInstanceIdentifier";
    static final String SOURCE = "SourceDBInstanceIdentifier";
    static final String TAGS = "Tags";
    static final String GROUPS = "VpcSecurityGroupIds";
    static final String PUBLIC = "PubliclyAccessible";

    /** The option that makes an instance as reachable from outside as the one that is described. */
    static final String PUBLIC_OR_NOT =
            "DBInstances[0].PubliclyAccessible && '--publicly-accessible' || '--no-publicly-accessible'";

    private TemporaryCalls() {}

    /**
     * Makes a read replica of an instance, with its source's parameter group, security groups and reachability. Nothing happens if it is
     * there.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstanceReadReplica.html">AWS:
     *     CreateDBInstanceReadReplica</a>
     */
    public static ControlPlaneOperation readReplica(OperationInfo info, AwsPlace place, String source) {
        String describe = "$(aws rds describe-db-instances" + place.options() + " --db-instance-identifier "
                + ShellWord.of(source);
        String sourcesGroups =
                describe + " --query 'DBInstances[0].VpcSecurityGroups[].VpcSecurityGroupId' --output text)";
        String publicOrNot = describe + " --query \"" + PUBLIC_OR_NOT + "\" --output text)";
        return new ControlPlaneOperation(
                info,
                SERVICE,
                CREATE_REPLICA,
                Map.of(
                        INSTANCE, Temporary.NAME,
                        SOURCE, source,
                        TAGS, Temporary.TAG + "=" + ControlPlaneOperation.RUN,
                        GROUPS, "those of " + source,
                        PUBLIC, "as " + source),
                "aws rds create-db-instance-read-replica" + place.options() + " --db-instance-identifier "
                        + Temporary.NAME + " --source-db-instance-identifier " + ShellWord.of(source)
                        + " --vpc-security-group-ids " + sourcesGroups + " " + publicOrNot + " --tags Key="
                        + Temporary.TAG + ",Value=" + ControlPlaneOperation.RUN);
    }

    /** The command by which a person learns where the run's temporary instance answers. */
    public static String askingForAddress(AwsPlace place) {
        return "aws rds describe-db-instances" + place.options() + " --db-instance-identifier " + Temporary.NAME
                + " --query 'DBInstances[0].[Endpoint.Address,Endpoint.Port]' --output text";
    }

    /**
     * Deletes the run's temporary instance with its data and backups; nothing else, and nothing if it is gone.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DeleteDBInstance.html">AWS: DeleteDBInstance</a>
     */
    public static ControlPlaneOperation deleteInstance(OperationInfo info, AwsPlace place) {
        return new ControlPlaneOperation(
                info,
                SERVICE,
                DELETE_INSTANCE,
                Map.of(INSTANCE, Temporary.NAME, "SkipFinalSnapshot", "true", "DeleteAutomatedBackups", "true"),
                "aws rds delete-db-instance" + place.options() + " --db-instance-identifier " + Temporary.NAME
                        + " --skip-final-snapshot --delete-automated-backups");
    }
}
