// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.dump;

import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.TableName;

/** Hears how a dump goes. Called from the thread that loads, often; must be quick and must not throw. */
public interface DumpListener {
    /** Listens to nothing. */
    DumpListener SILENT = new DumpListener() {};

    /** So many bytes of the dump were handed to the load; the last ones may not be on the replica yet. */
    default void progress(long bytes) {}

    /**
     * So many of a table's rows were handed to the load, in statements of so many bytes. For people who watch: read off the dump as it flows
     * by, which a hostile name can mislead. What arrived is counted on the replica afterwards.
     */
    default void rows(TableName table, long rows, long bytes) {}

    /** Something that does not stop the copy but should be known. */
    default void warning(Problem problem) {}
}
