// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.spi.ServerSession;
import java.util.regex.Pattern;

/** Why a channel stopped for good, told with the code of its cause. */
public final class ReplicationStop {
    /** The statement itself is left out: it may hold a password. */
    private static final Pattern STATEMENT = Pattern.compile("(?is)Query: '.*");

    private static final String WORKERS = "SELECT LAST_ERROR_MESSAGE AS text FROM"
            + " performance_schema.replication_applier_status_by_worker WHERE LAST_ERROR_NUMBER <> 0 LIMIT 1";

    private ReplicationStop() {}

    /** The failure of a channel whose health is failed. */
    public static StepRefusedException of(ReplicaStatus status, ServerSession replica) {
        boolean border =
                status.applier().error().filter(ReplicationError::isOutsideCopy).isPresent();
        return new StepRefusedException(Problem.of(
                border ? ReplicationCode.SCOPE_BORDER : ReplicationCode.FAILED,
                "Replication stopped: " + status.reason() + worker(replica)));
    }

    /** With several workers the status says only that one of them failed. */
    private static String worker(ServerSession replica) {
        try {
            return replica.queryValue(WORKERS)
                    .map(text -> "; worker: "
                            + STATEMENT.matcher(text).replaceFirst("").strip())
                    .orElse("");
        } catch (StepRefusedException notAllowed) {
            // The performance schema is off, or not for this user: the status has to do.
            return "";
        }
    }
}
