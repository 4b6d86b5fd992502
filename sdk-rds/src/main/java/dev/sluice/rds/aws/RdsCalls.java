// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.aws;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.ControlPlaneOperation;
import dev.sluice.api.operation.OperationInfo;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.rds.RdsClient;

/** The calls of the RDS API that steps need: as operations, as commands for people, and as requests of the SDK. */
public final class RdsCalls {
    /** The API's name of how many days automated backups are kept for. */
    public static final String BACKUP_RETENTION = "BackupRetentionPeriod";

    private static final String SERVICE = "rds";
    private static final String MODIFY_INSTANCE = "ModifyDBInstance";
    private static final String INSTANCE = "DBInstanceIdentifier";
    private static final String IMMEDIATELY = "ApplyImmediately";

    private RdsCalls() {}

    /**
     * Sets for how many days automated backups are kept; 0 ends them and, on RDS for MySQL, the binary log. Applied at once; a short outage
     * where it leaves or reaches 0.
     *
     * @param days 0 to 35
     * @throws IllegalArgumentException if days are out of range
     * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html">AWS: ModifyDBInstance</a>
     */
    public static ControlPlaneOperation backupRetention(OperationInfo info, AwsPlace place, String instance, int days) {
        if (days < 0 || days > 35) {
            throw new IllegalArgumentException("Automated backups are kept for 0 to 35 days, not " + days);
        }
        return new ControlPlaneOperation(
                info,
                SERVICE,
                MODIFY_INSTANCE,
                Map.of(INSTANCE, instance, BACKUP_RETENTION, Integer.toString(days), IMMEDIATELY, "true"),
                "aws rds modify-db-instance" + place.options() + " --db-instance-identifier "
                        + ShellWord.of(instance)
                        + " --backup-retention-period " + days + " --apply-immediately");
    }

    /**
     * The request behind an operation.
     *
     * @throws StepRefusedException if this version does not know the call
     */
    static Consumer<RdsClient> call(ControlPlaneOperation operation) {
        Optional<Consumer<RdsClient>> ofGroups = ParameterGroupRequests.of(operation);
        if (operation.service().equals(SERVICE) && ofGroups.isPresent()) {
            return ofGroups.get();
        }
        Optional<Consumer<RdsClient>> temporary = TemporaryRequests.of(operation)
                .or(() -> TemporaryClusterRequests.of(operation))
                .or(() -> ReplicaInstanceRequests.of(operation));
        if (temporary.isPresent()) {
            return temporary.get();
        }
        if (!operation.service().equals(SERVICE) || !operation.action().equals(MODIFY_INSTANCE)) {
            throw new StepRefusedException(Problem.of(
                    AwsErrorCode.UNKNOWN_CALL, "Unknown call " + operation.service() + ":" + operation.action()));
        }
        String instance = parameter(operation, INSTANCE);
        int days = Integer.parseInt(parameter(operation, BACKUP_RETENTION));
        boolean immediately = Boolean.parseBoolean(parameter(operation, IMMEDIATELY));
        return client -> client.modifyDBInstance(request -> request.dbInstanceIdentifier(instance)
                .backupRetentionPeriod(days)
                .applyImmediately(immediately));
    }

    /** A parameter that the call cannot do without. */
    static String parameter(ControlPlaneOperation operation, String name) {
        String value = operation.parameters().get(name);
        if (value == null) {
            throw new StepRefusedException(
                    Problem.of(AwsErrorCode.UNKNOWN_CALL, operation.action() + " lacks its parameter " + name));
        }
        return value;
    }
}
