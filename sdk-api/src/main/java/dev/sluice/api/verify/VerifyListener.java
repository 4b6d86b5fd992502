// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.verify;

import dev.sluice.api.plan.TableName;

/** Hears how a comparison goes. Called from several threads, one call at a time; calls must be cheap and must not throw. */
public interface VerifyListener {
    /** Hears nothing. */
    VerifyListener NONE = new VerifyListener() {};

    /** The comparison of rows begins; the number of rows is the source's own estimate. */
    default void planned(int tables, long estimatedRows) {}

    /** So many rows of the table, counted on the source, have been compared since the start. */
    default void progress(TableName table, long rows) {}

    /** So many rows differ for now and will be looked at again. */
    default void lookingAgain(long rows) {}

    /** The comparison of a table has ended; told as soon as it is known, and as the report will have it. */
    default void tableDone(TableComparison comparison) {}
}
