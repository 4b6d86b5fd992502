// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.plan;

import dev.sluice.api.document.Document;
import dev.sluice.api.operation.ApplierStop;
import dev.sluice.api.operation.ExactPosition;
import dev.sluice.api.operation.LockKind;
import java.time.Duration;

/** How one position is held on both servers, as a document. */
final class ExactPositionCodec {
    private ExactPositionCodec() {}

    static Document write(ExactPosition exact) {
        ApplierStop applier = exact.applier();
        return Document.empty()
                .withTexts("locks", exact.locks().stream().map(Enum::name).toList())
                .with("window", exact.window().toString())
                .with("stop", StatementCodec.write(applier.stop()))
                .with("run-until", StatementCodec.write(applier.runUntil()))
                .with("start", StatementCodec.write(applier.start()))
                .withAll(
                        "guards",
                        applier.guards().stream().map(OperationCodec::writeUndo).toList())
                .withTexts("statements", exact.statements());
    }

    static ExactPosition read(Document document) {
        return new ExactPosition(
                document.texts("locks").stream().map(LockKind::valueOf).toList(),
                Duration.parse(document.text("window")),
                new ApplierStop(
                        StatementCodec.read(document.document("stop")),
                        StatementCodec.read(document.document("run-until")),
                        StatementCodec.read(document.document("start")),
                        document.list("guards", OperationCodec::readUndo)),
                document.texts("statements"));
    }
}
