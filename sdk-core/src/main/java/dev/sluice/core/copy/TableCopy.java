// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.api.plan.TableName;
import dev.sluice.core.catalog.TableDefinition;
import java.time.Duration;

/** How far one table is. Thread-safe. */
final class TableCopy {
    private final TableDefinition definition;
    private final TableDefinition landing;
    private final TransferStatements statements;
    private int unitsLeft;
    private long rowsRead;
    private long confirmedRows;
    private long confirmedBytes;
    private boolean hasBegun;
    private long began;
    private long ended;
    private boolean told;

    TableCopy(TableDefinition definition) {
        this(definition, definition);
    }

    /** @param landing the table as it is made on the replica */
    TableCopy(TableDefinition definition, TableDefinition landing) {
        this.definition = definition;
        this.landing = landing;
        this.statements = new TransferStatements(definition, landing.name());
    }

    /** How many units it was divided into; known before any of them is read. */
    synchronized void dividedInto(int units) {
        unitsLeft = units;
    }

    TableDefinition definition() {
        return definition;
    }

    /** The table as it is made on the replica. */
    TableDefinition landing() {
        return landing;
    }

    TableName name() {
        return definition.name();
    }

    TransferStatements statements() {
        return statements;
    }

    /** A reader begins with one of its units. Returns true the first time. */
    synchronized boolean begins() {
        if (hasBegun) {
            return false;
        }
        hasBegun = true;
        began = System.nanoTime();
        return true;
    }

    /** A reader has seen the last row of a unit. Returns true once, when all rows are confirmed. */
    synchronized boolean unitRead(long rows) {
        unitsLeft--;
        rowsRead += rows;
        return isDoneNow();
    }

    /** The replica confirmed some rows. Returns true once, when all rows are confirmed. */
    synchronized boolean confirmed(long rows, long bytes) {
        confirmedBytes += bytes;
        confirmedRows += rows;
        return isDoneNow();
    }

    private boolean isDoneNow() {
        if (told || !isComplete()) {
            return false;
        }
        ended = System.nanoTime();
        told = true;
        return true;
    }

    synchronized boolean isComplete() {
        return unitsLeft == 0 && confirmedRows == rowsRead;
    }

    synchronized long rows() {
        return confirmedRows;
    }

    synchronized long bytes() {
        return confirmedBytes;
    }

    /** From the first read to the last confirmation. */
    synchronized Duration took() {
        return Duration.ofNanos(ended - began);
    }
}
