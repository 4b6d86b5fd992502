// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.rds;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A DB instance as the RDS API has it, with the server behind it. A change of its backup retention takes several looks: first the status
 * still says {@code available}, then {@code modifying}, in which the server restarts with or without its binary log, then
 * {@code backing-up}. Thread-safe.
 */
public final class ApiInstance {
    private static final String AVAILABLE = "available";

    private final String id;
    private final DressedServer server;
    private final Deque<Stage> coming = new ArrayDeque<>();
    private String status = AVAILABLE;
    private int backupRetention;
    private @Nullable Integer pendingBackupRetention;

    /** What the next look sees, and what happens just before. */
    private record Stage(String status, Runnable change) {}

    ApiInstance(String id, DressedServer server, int backupRetention) {
        this.id = id;
        this.server = server;
        this.backupRetention = backupRetention;
    }

    /** Its identifier. */
    public String id() {
        return id;
    }

    /** For how many days automated backups are kept. */
    public synchronized int backupRetention() {
        return backupRetention;
    }

    /** Sets the status, which then stays until something changes it: {@code storage-full}, {@code rebooting}. */
    public synchronized void status(String now) {
        status = now;
        coming.clear();
    }

    synchronized Map<String, String> look() {
        Stage next = coming.poll();
        if (next != null) {
            next.change().run();
            status = next.status();
        }
        return attributes();
    }

    private Map<String, String> attributes() {
        return Map.of(
                "DBInstanceIdentifier",
                id,
                "DBInstanceStatus",
                status,
                "Engine",
                "mysql",
                "EngineVersion",
                server.server().release().version(),
                "BackupRetentionPeriod",
                Integer.toString(backupRetention),
                "PendingBackupRetentionPeriod",
                pendingBackupRetention == null ? "" : pendingBackupRetention.toString(),
                "DBParameterGroupName",
                "default.mysql",
                "Address",
                server.server().host(),
                "Port",
                Integer.toString(server.server().port()));
    }

    /** Begins a change of the backup retention; returns the refusal, or null. */
    synchronized @Nullable ApiError modifyBackupRetention(int days) {
        if (!status.equals(AVAILABLE)) {
            return ApiError.wrongState(id, status);
        }
        if (days < 0 || days > 35) {
            return ApiError.invalid("Invalid backup retention period: " + days);
        }
        if (days != backupRetention) {
            pendingBackupRetention = days;
            coming.addAll(List.of(
                    new Stage(AVAILABLE, () -> {}),
                    new Stage("modifying", () -> {}),
                    new Stage(days > 0 ? "backing-up" : "modifying", () -> apply(days)),
                    new Stage(AVAILABLE, () -> {})));
        }
        return null;
    }

    private void apply(int days) {
        if ((days > 0) != (backupRetention > 0)) {
            server.server().restart(options -> days > 0 ? options.withBinaryLog() : options.withoutBinaryLog());
        }
        backupRetention = days;
        pendingBackupRetention = null;
    }

    synchronized Map<String, String> seen() {
        return attributes();
    }
}
