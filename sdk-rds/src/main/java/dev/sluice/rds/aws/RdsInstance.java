// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.aws;

import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.rds.model.DBInstance;

/**
 * A DB instance as {@code DescribeDBInstances} tells it. Immutable and thread-safe.
 *
 * @param id its identifier
 * @param status such as {@code available}
 * @param addressOrNull see {@link #address()}
 * @param engineVersion such as {@code 8.0.36}
 * @param backupRetentionDays 0 for no automated backups, and so no binary log
 * @param pendingBackupRetentionDays what a modification that is under way will make of it, or null
 * @param parameterGroup the DB parameter group, {@code ""} if none is told
 * @param storageGib the storage that it has, or may grow to by itself, in GiB; 0 if none is told
 * @param pendingChanges the API's names of what AWS has been asked to change and has not changed yet
 */
public record RdsInstance(
        String id,
        String status,
        @Nullable ServerAddress addressOrNull,
        String engineVersion,
        int backupRetentionDays,
        @Nullable Integer pendingBackupRetentionDays,
        String parameterGroup,
        int storageGib,
        Set<String> pendingChanges) {
    /**
     * States that do not pass by themselves.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/accessing-monitoring.html">AWS: DB instance status</a>
     */
    private static final Set<String> TERMINAL = Set.of(
            "failed",
            "deleting",
            "storage-full",
            "inaccessible-encryption-credentials",
            "restore-error",
            "insufficient-capacity");

    public RdsInstance {
        pendingChanges = Set.copyOf(pendingChanges);
    }

    static RdsInstance of(DBInstance instance) {
        Integer pending = instance.pendingModifiedValues() == null
                ? null
                : instance.pendingModifiedValues().backupRetentionPeriod();
        Integer retention = instance.backupRetentionPeriod();
        return new RdsInstance(
                instance.dbInstanceIdentifier(),
                text(instance.dbInstanceStatus()),
                address(instance),
                text(instance.engineVersion()),
                number(retention),
                pending,
                instance.dbParameterGroups().stream()
                        .findFirst()
                        .map(group -> text(group.dbParameterGroupName()))
                        .orElse(""),
                Math.max(number(instance.allocatedStorage()), number(instance.maxAllocatedStorage())),
                PendingChanges.named(instance.pendingModifiedValues()));
    }

    private static @Nullable ServerAddress address(DBInstance instance) {
        return instance.endpoint() == null || instance.endpoint().address() == null
                ? null
                : new ServerAddress(
                        instance.endpoint().address(), instance.endpoint().port());
    }

    private static int number(@Nullable Integer value) {
        return value == null ? 0 : value;
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    /** Where it answers; empty as long as it is being created. */
    public Optional<ServerAddress> address() {
        return Optional.ofNullable(addressOrNull);
    }

    /** Whether AWS is done with it. */
    public boolean isAvailable() {
        return status.equals("available");
    }

    /** What the backup retention is, or is about to become. */
    public int comingBackupRetentionDays() {
        return pendingBackupRetentionDays == null ? backupRetentionDays : pendingBackupRetentionDays;
    }

    /**
     * This instance, if waiting for it makes sense.
     *
     * @throws StepRefusedException if it is in a state that does not pass
     */
    public RdsInstance orThrowIfTerminal() {
        if (TERMINAL.contains(status) || status.startsWith("incompatible-")) {
            throw new StepRefusedException(
                    Problem.of(AwsErrorCode.TERMINAL_STATE, "The instance " + id + " is in state " + status));
        }
        return this;
    }
}
