// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.plan;

import dev.sluice.api.document.Document;
import dev.sluice.api.operation.Change;
import dev.sluice.api.operation.ControlPlaneOperation;
import dev.sluice.api.operation.CopyOperation;
import dev.sluice.api.operation.LockKind;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.PersonOperation;
import dev.sluice.api.operation.ProcedureOperation;
import dev.sluice.api.operation.Question;
import dev.sluice.api.operation.Slot;
import dev.sluice.api.operation.SnapshotOperation;
import dev.sluice.api.operation.SqlOperation;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.operation.VerifyOperation;
import dev.sluice.api.operation.WaitOperation;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.CopyMethod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Operations and undos as documents. A new kind of operation does not compile until it is written and read here. */
public final class OperationCodec {
    private OperationCodec() {}

    public static Document write(Operation operation) {
        Document document = writeInfo(operation.info());
        if (operation instanceof SqlOperation sql) {
            return document.with("kind", "sql")
                    .with("statement", StatementCodec.write(sql.statement()))
                    .with("settings", sql.settings().map(StatementCodec::write).orElse(null));
        }
        if (operation instanceof ProcedureOperation call) {
            return document.with("kind", "procedure")
                    .with("procedure", call.procedure())
                    .with("statement", StatementCodec.write(call.call()));
        }
        if (operation instanceof ControlPlaneOperation call) {
            return writeControlPlane(document, call);
        }
        if (operation instanceof PersonOperation action) {
            return document.with("kind", "person")
                    .withTexts("instructions", action.instructions())
                    .with("deadline", action.deadline().toString())
                    .with(
                            "question",
                            action.question()
                                    .map(question -> Document.empty()
                                            .with("text", question.text())
                                            .with("pattern", question.pattern()))
                                    .orElse(null));
        }
        return writeOwn(document, operation);
    }

    /** The operations that core itself carries out. */
    private static Document writeOwn(Document document, Operation operation) {
        if (operation instanceof SnapshotOperation snapshot) {
            return document.with("kind", "snapshot")
                    .withTexts(
                            "locks", snapshot.locks().stream().map(Enum::name).toList())
                    .with("window", snapshot.window().toString())
                    .withTexts("statements", snapshot.statements());
        }
        if (operation instanceof CopyOperation copy) {
            return document.with("kind", "copy")
                    .with("method", copy.method().name())
                    .with("scope", ScopeCodec.write(copy.scope()))
                    .withTexts("statements", copy.statements());
        }
        if (operation instanceof WaitOperation wait) {
            return document.with("kind", "wait")
                    .with("condition", wait.condition())
                    .with("deadline", wait.deadline().toString())
                    .withTexts("fills", wait.fills().stream().map(Slot::name).toList());
        }
        VerifyOperation verify = (VerifyOperation) operation;
        return document.with("kind", "verify")
                .with("scope", ScopeCodec.write(verify.scope()))
                .withTexts("statements", verify.statements())
                .with("exact", verify.exact().map(ExactPositionCodec::write).orElse(null));
    }

    private static Document writeControlPlane(Document document, ControlPlaneOperation call) {
        Document parameters = Document.empty();
        for (Map.Entry<String, String> parameter : call.parameters().entrySet()) {
            parameters = parameters.with(parameter.getKey(), parameter.getValue());
        }
        return document.with("kind", "control-plane")
                .with("service", call.service())
                .with("action", call.action())
                .with("parameters", parameters)
                .with("command", call.command());
    }

    public static Operation read(Document document) {
        OperationInfo info = readInfo(document);
        return switch (document.text("kind")) {
            case "sql" ->
                new SqlOperation(
                        info,
                        StatementCodec.read(document.document("statement")),
                        document.has("settings") ? StatementCodec.read(document.document("settings")) : null);
            case "procedure" ->
                new ProcedureOperation(
                        info, document.text("procedure"), StatementCodec.read(document.document("statement")));
            case "control-plane" -> readControlPlane(info, document);
            case "person" ->
                new PersonOperation(
                        info,
                        document.texts("instructions"),
                        duration(document, "deadline"),
                        document.findDocument("question")
                                .map(question -> new Question(question.text("text"), question.text("pattern")))
                                .orElse(null));
            case "snapshot" ->
                new SnapshotOperation(
                        info,
                        document.texts("locks").stream().map(LockKind::valueOf).toList(),
                        duration(document, "window"),
                        document.texts("statements"));
            case "copy" ->
                new CopyOperation(
                        info,
                        CopyMethod.valueOf(document.text("method")),
                        ScopeCodec.read(document.document("scope")),
                        document.texts("statements"));
            case "wait" ->
                new WaitOperation(info, document.text("condition"), duration(document, "deadline"), fills(document));
            case "verify" ->
                new VerifyOperation(
                        info,
                        ScopeCodec.read(document.document("scope")),
                        document.texts("statements"),
                        document.findDocument("exact")
                                .map(ExactPositionCodec::read)
                                .orElse(null));
            default -> throw new IllegalArgumentException("Unknown kind of operation: " + document.text("kind"));
        };
    }

    /** Absent in what earlier releases wrote. */
    private static List<Slot<?>> fills(Document document) {
        return document.has("fills")
                ? document.texts("fills").stream()
                        .<Slot<?>>map(StatementCodec::slot)
                        .toList()
                : List.of();
    }

    private static Operation readControlPlane(OperationInfo info, Document document) {
        Map<String, String> parameters = new TreeMap<>();
        Document stored = document.document("parameters");
        stored.values().keySet().forEach(name -> parameters.put(name, stored.text(name)));
        return new ControlPlaneOperation(
                info, document.text("service"), document.text("action"), parameters, document.text("command"));
    }

    private static Document writeInfo(OperationInfo info) {
        return Document.empty()
                .with("id", info.id())
                .with("target", info.target().name())
                .with("purpose", info.purpose())
                .with("change", info.change().name())
                .withAll(
                        "undos",
                        info.undos().stream().map(OperationCodec::writeUndo).toList())
                .with("consent", info.consent().map(Enum::name).orElse(null));
    }

    private static OperationInfo readInfo(Document document) {
        return new OperationInfo(
                document.text("id"),
                Target.valueOf(document.text("target")),
                document.text("purpose"),
                Change.valueOf(document.text("change")),
                document.list("undos", OperationCodec::readUndo),
                document.findText("consent").map(Consent::valueOf).orElse(null));
    }

    public static Document writeUndo(Undo undo) {
        return Document.empty()
                .with("scope", undo.scope().name())
                .with("purpose", undo.purpose())
                .withAll(
                        "settings",
                        undo.settings().stream().map(StatementCodec::write).toList())
                .with("statement", undo.reversal() instanceof Statement sql ? StatementCodec.write(sql) : null)
                .with("call", undo.reversal() instanceof ControlPlaneOperation call ? write(call) : null)
                .with("only-if-query", undo.onlyIf().map(Undo.OnlyIf::query).orElse(null))
                .withTexts(
                        "only-if-columns",
                        undo.onlyIf().map(Undo.OnlyIf::columns).orElse(List.of()))
                .with(
                        "only-if-expected",
                        undo.onlyIf().map(Undo.OnlyIf::expected).orElse(null));
    }

    public static Undo readUndo(Document document) {
        return new Undo(
                UndoScope.valueOf(document.text("scope")),
                document.text("purpose"),
                document.list("settings", StatementCodec::read),
                document.has("call")
                        ? (ControlPlaneOperation) read(document.document("call"))
                        : StatementCodec.read(document.document("statement")),
                document.findText("only-if-query")
                        .map(query -> new Undo.OnlyIf(
                                query,
                                document.has("only-if-columns") ? document.texts("only-if-columns") : List.of(),
                                document.text("only-if-expected")))
                        .orElse(null));
    }

    private static Duration duration(Document document, String key) {
        return Duration.parse(document.text(key));
    }
}
