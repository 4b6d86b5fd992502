// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import static dev.sluice.api.operation.OperationSecret.REPLICATION_PASSWORD;

import dev.sluice.api.facts.Routine;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.Slot;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Statement.CoordinatesHole.Field;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.core.mysql.Sql;
import dev.sluice.rds.managed.ManagedDialect.Encryption;
import dev.sluice.rds.managed.ManagedWish.Delay;
import dev.sluice.rds.managed.ManagedWish.TlsMaterial;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The operations that point a replica at its source, by those procedures that this very server has. */
final class SourcePointing {
    static final String IMPORT_MATERIAL = "import-tls-material";
    static final String SET_EXTERNAL = "set-external-source";
    static final String ENCRYPT = "encrypt-connection";
    static final String SET_DELAY = "set-delay";

    private final ManagedKind kind;
    private final StepContext context;
    private final ManagedDialect dialect;

    SourcePointing(ManagedKind kind, StepContext context) {
        this.kind = kind;
        this.context = context;
        this.dialect = ManagedDialect.of(context.replica());
    }

    StepDraft draft() {
        Optional<Routine> set = procedure();
        if (set.isEmpty()) {
            return StepDraft.impossible(dialect.missing(ManagedDialect.SET_EXTERNAL));
        }
        OperationInfo info = OperationInfo.changing(
                SET_EXTERNAL, Target.REPLICA, "point the replica at the source, where the snapshot ends");
        OperationInfo undoable = dialect.resetExternal()
                .map(reset -> info.undoneBy(undo(reset.name())))
                .orElse(info);
        StepDraft draft = GtidSeed.addTo(imported(StepDraft.of()), context)
                .and(ManagedDialect.call(undoable, set.get().name(), arguments(set.get(), GtidSeed.isTaken(context))));
        return delayed(encrypted(draft), set.get());
    }

    /** Points a replica that has followed GTIDs before at the same source: it goes on after those that it has. Has no undo. */
    StepDraft again() {
        OperationInfo info = OperationInfo.changing(
                SET_EXTERNAL, Target.REPLICA, "point the replica at the source, after the GTIDs that it has");
        return dialect.autoPosition()
                .map(set -> delayed(
                        encrypted(imported(StepDraft.of())
                                .and(ManagedDialect.call(info, set.name(), arguments(set, true)))),
                        set))
                .orElseGet(StepDraft::of);
    }

    private Optional<Routine> procedure() {
        if (GtidSeed.isTaken(context)) {
            return dialect.autoPosition();
        }
        Optional<Routine> delaying = dialect.withDelay().filter(any -> delay().isPresent());
        return delaying.isPresent() ? delaying : dialect.setExternal();
    }

    private Optional<Delay> delay() {
        return kind.wish(context, Delay.class);
    }

    private Undo undo(String procedure) {
        return new Undo(
                UndoScope.ROLLBACK,
                "take the replication configuration off the replica",
                Statement.of("CALL mysql." + procedure),
                Channel.wantedBy(context).stillThere(context.replica()));
    }

    private Statement arguments(Routine procedure, boolean byGtids) {
        Sql.Builder call = Sql.text("CALL mysql." + procedure.name() + "(")
                .literal(context.sourceAsSeenByReplica().host())
                .text(", ")
                .number(context.sourceAsSeenByReplica().port())
                .text(", ")
                .literal(context.account().user())
                .text(", ")
                .secret(REPLICATION_PASSWORD);
        if (!byGtids) {
            call = call.text(", ")
                    .coordinates(Slot.SNAPSHOT_COORDINATES, Field.FILE)
                    .text(", ")
                    .coordinates(Slot.SNAPSHOT_COORDINATES, Field.POSITION);
        }
        call = call.text(", ").number(encryptionArgument());
        return (takesDelay(procedure) ? call.text(", ").number(seconds()) : call)
                .text(")")
                .build();
    }

    private static boolean takesDelay(Routine procedure) {
        return procedure.parameters().size() % 2 == 0;
    }

    private long seconds() {
        return delay().map(wish -> wish.behind().toSeconds()).orElse(0L);
    }

    /** 1 without imported certificates fails where encryption has a procedure of its own. */
    private int encryptionArgument() {
        boolean byArgument =
                dialect.encryption() == Encryption.ARGUMENT || dialect.encryption() == Encryption.IMPORTED_MATERIAL;
        return byArgument && isEncrypted() ? 1 : 0;
    }

    private boolean isEncrypted() {
        return LinkEncryption.of(context) == LinkEncryption.TLS;
    }

    private StepDraft imported(StepDraft draft) {
        Optional<TlsMaterial> material = kind.wish(context, TlsMaterial.class);
        if (material.isEmpty()) {
            return draft;
        }
        OperationInfo info = OperationInfo.changing(
                        IMPORT_MATERIAL,
                        Target.REPLICA,
                        "give the replica its certificate and the authority that it believes, in place of any that it has")
                .disruptiveWith(Consent.TLS_MATERIAL_REPLACEMENT);
        return draft.and(ManagedDialect.call(
                        info,
                        ManagedDialect.IMPORT_SSL,
                        Sql.text("CALL mysql." + ManagedDialect.IMPORT_SSL + "(")
                                .json(members(material.get()))
                                .text(")")
                                .build()))
                .note(
                        "A server does not show whether certificates were imported before. Those that were are replaced and cannot be"
                                + " brought back, so that this is not undone; CALL mysql." + ManagedDialect.REMOVE_SSL
                                + " removes what was imported.");
    }

    private static SortedMap<String, dev.sluice.api.secret.Secret> members(TlsMaterial material) {
        return new TreeMap<>(
                Map.of("ssl_ca", material.ca(), "ssl_cert", material.certificate(), "ssl_key", material.key()));
    }

    private StepDraft encrypted(StepDraft draft) {
        return dialect.encryption() == Encryption.SWITCH && isEncrypted()
                ? draft.and(ManagedDialect.call(
                        OperationInfo.changing(ENCRYPT, Target.REPLICA, "encrypt the connection to the source"),
                        ManagedDialect.SET_SSL,
                        Statement.of("CALL mysql." + ManagedDialect.SET_SSL + "(1)")))
                : draft;
    }

    private StepDraft delayed(StepDraft draft, Routine set) {
        return delay().isEmpty() || takesDelay(set) || !dialect.has(ManagedDialect.SET_DELAY, 1)
                ? draft
                : draft.and(ManagedDialect.call(
                        OperationInfo.changing(SET_DELAY, Target.REPLICA, "stay behind the source by the plan's delay"),
                        ManagedDialect.SET_DELAY,
                        Statement.of("CALL mysql." + ManagedDialect.SET_DELAY + "(" + seconds() + ")")));
    }
}
