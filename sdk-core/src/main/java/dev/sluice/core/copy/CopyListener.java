// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.TableName;
import java.time.Duration;

/** Hears how a copy goes. Called from the copy's threads: must be quick and thread-safe. */
public interface CopyListener {
    /** The replica has none of these objects, and they are created now: from here on an undo drops what is the copy's own. */
    default void creates(CreatedObjects objects) {}

    /** The table will be copied. */
    void planned(TableName table, long estimatedRows, long estimatedBytes);

    /** The first rows of the table are about to be read. */
    default void tableBegun(TableName table) {}

    /** So many rows and bytes of the table are confirmed. */
    void progress(TableName table, long rows, long bytes);

    /** All rows of the table are confirmed. */
    void tableDone(TableName table, long rows, long bytes);

    /** All rows of all tables were read and proven to be the snapshot's: the source is not needed any more, and the snapshot may be closed. */
    default void allRead() {}

    /**
     * Rows, or keys of a table, were rolled back by the server, for a reason that passes, at the how-many-th try, and are sent again after a
     * pause, unless this throws, which ends the copy.
     */
    default void retried(TableName table, int failedAttempt, Duration pause, Problem why) {}

    /** From now on so many read and write, and so many bytes a second at most. */
    default void paceChanged(int readers, int writers, long bytesPerSecond) {}

    /** Nothing more is read, for this reason; told again when the reason becomes another one. */
    default void paused(String reason) {}

    /** Rows are read again. */
    default void wentOn(Duration paused) {}

    /** Something that does not stop the copy but should be known. */
    void warning(Problem problem);
}
