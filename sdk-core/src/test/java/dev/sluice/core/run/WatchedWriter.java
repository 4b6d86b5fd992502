// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.core.journal.JournalRecord;
import dev.sluice.core.journal.JournalWriter;
import java.util.function.Consumer;

/** Passes everything on, after a test has seen the record. */
record WatchedWriter(JournalWriter writer, Consumer<JournalRecord> before) implements JournalWriter {
    @Override
    public long token() {
        return writer.token();
    }

    @Override
    public void append(JournalRecord entry) {
        before.accept(entry);
        writer.append(entry);
    }

    @Override
    public void check() {
        writer.check();
    }

    @Override
    public void renew() {
        writer.renew();
    }

    @Override
    public void close() {
        writer.close();
    }
}
