// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import static dev.sluice.external.ExternalErrorCode.ACCOUNT_CHANGE;
import static dev.sluice.external.ExternalErrorCode.APPLIER_FAILED;
import static dev.sluice.external.ExternalErrorCode.DATA_DIFFERS;
import static dev.sluice.external.ExternalErrorCode.GTID_MODES_CLASH;
import static dev.sluice.external.ExternalErrorCode.LINK_NOT_ENCRYPTED;
import static dev.sluice.external.ExternalErrorCode.LOGIN_REFUSED;
import static dev.sluice.external.ExternalErrorCode.LOG_PURGED;
import static dev.sluice.external.ExternalErrorCode.POSITION_REFUSED;
import static dev.sluice.external.ExternalErrorCode.RECEIVER_FAILED;
import static dev.sluice.external.ExternalErrorCode.SERVER_IDENTITY_CLASH;
import static dev.sluice.external.ExternalErrorCode.SOURCE_NEEDS_RESTART;
import static dev.sluice.external.ExternalErrorCode.SOURCE_UNREACHABLE;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.ErrorCode.Retry;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.core.mysql.ReplicaStatus;
import dev.sluice.core.mysql.ReplicationCode;
import dev.sluice.core.mysql.ReplicationError;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Why a channel does not run. What the receiver says is told by its text, since MySQL 8.0 prints other numbers for the same cause
 * than 5.7 does (13114 for 1236, 13117 for 1593); logins and networks, and what the applier says, by the number.
 *
 * @see <a href="https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html">MySQL: server errors</a>
 */
final class ReplicationFailure {
    /** In this order: several texts name GTIDs. */
    private static final List<Map.Entry<String, ExternalErrorCode>> RECEIVER_TEXTS = List.of(
            Map.entry("could not find first log file", LOG_PURGED),
            Map.entry("purged", LOG_PURGED),
            Map.entry("impossible position", POSITION_REFUSED),
            Map.entry("max_allowed_packet", POSITION_REFUSED),
            Map.entry("bogus data", POSITION_REFUSED),
            Map.entry("binary log is not open", SOURCE_NEEDS_RESTART),
            Map.entry("equal mysql server", SERVER_IDENTITY_CLASH),
            Map.entry("same server_uuid/server_id", SERVER_IDENTITY_CLASH),
            Map.entry("gtid_mode", GTID_MODES_CLASH),
            Map.entry("auto_position", GTID_MODES_CLASH),
            Map.entry("anonymous transaction", GTID_MODES_CLASH));

    private ReplicationFailure() {}

    /** Whether the receiver's failure may pass by itself: it goes on trying. */
    static boolean canPass(ReplicaStatus status) {
        return status.receiver()
                .error()
                .filter(error -> receiverCode(error).retry() == Retry.CAN_HELP)
                .isPresent();
    }

    static StepRefusedException ofReceiver(ReplicaStatus status) {
        Optional<ReplicationError> error = status.receiver().error();
        return refused(error.map(ReplicationFailure::receiverCode).orElse(RECEIVER_FAILED), status);
    }

    static StepRefusedException ofApplier(ReplicaStatus status) {
        Optional<ReplicationError> error = status.applier().error();
        return refused(error.map(ReplicationFailure::applierCode).orElse(APPLIER_FAILED), status);
    }

    private static StepRefusedException refused(ErrorCode code, ReplicaStatus status) {
        return new StepRefusedException(
                Problem.of(code, "Replication from " + Channel.of(status) + " stopped: " + status.reason()));
    }

    private static ExternalErrorCode receiverCode(ReplicationError error) {
        String text = error.text().toLowerCase(Locale.ROOT);
        return RECEIVER_TEXTS.stream()
                .filter(known -> text.contains(known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseGet(() -> receiverCode(error.number()));
    }

    private static ExternalErrorCode receiverCode(int number) {
        return switch (number) {
            case 1040, 1053, 1158, 1159, 1160, 1161, 2002, 2003, 2005, 2006, 2013, 2055 -> SOURCE_UNREACHABLE;
            case 1044, 1045, 1129, 1130, 1227, 1698, 1820, 1862, 3118 -> LOGIN_REFUSED;
            case 2026, 2061, 3159 -> LINK_NOT_ENCRYPTED;
            default -> RECEIVER_FAILED;
        };
    }

    private static ErrorCode applierCode(ReplicationError error) {
        if (error.isOutsideCopy()) {
            return ReplicationCode.SCOPE_BORDER;
        }
        return switch (error.number()) {
            case 1032, 1062 -> DATA_DIFFERS;
            case 1133, 1396, 1410, 3162 -> ACCOUNT_CHANGE;
            default -> APPLIER_FAILED;
        };
    }
}
