// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.StepContext;
import dev.sluice.rds.managed.ManagedDialect.Encryption;
import dev.sluice.rds.managed.ManagedWish.Delay;
import dev.sluice.rds.managed.ManagedWish.NextLog;
import dev.sluice.rds.managed.ManagedWish.SkipError;
import dev.sluice.rds.managed.ManagedWish.SkipTransaction;
import dev.sluice.rds.managed.ManagedWish.TlsMaterial;
import dev.sluice.rds.managed.ManagedWish.UntilGtids;
import dev.sluice.rds.managed.ManagedWish.UntilPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What must hold, by the facts, for what a plan asks of its replica beyond what all plans do. */
final class WishRules {
    private static final String NO_PROCEDURE = "it has no procedure for that";

    private final ManagedKind kind;
    private final StepContext context;
    private final ManagedDialect dialect;
    private final List<Problem> problems = new ArrayList<>();

    private WishRules(ManagedKind kind, StepContext context) {
        this.kind = kind;
        this.context = context;
        this.dialect = ManagedDialect.of(context.replica());
    }

    static List<Problem> problems(ManagedKind kind, StepContext context) {
        WishRules rules = new WishRules(kind, context);
        rules.delay();
        rules.until();
        rules.repairs();
        rules.material();
        return List.copyOf(rules.problems);
    }

    private boolean wishes(Class<? extends ManagedWish> type) {
        return kind.wish(context, type).isPresent();
    }

    private void refuse(String what, String why) {
        problems.add(notOffered(kind, what, why));
    }

    static Problem notOffered(ManagedKind kind, String what, String why) {
        return Problem.of(
                ManagedErrorCode.NOT_OFFERED, "The replica, " + kind.name() + ", cannot " + what + ": " + why);
    }

    private void delay() {
        boolean bySix = GtidSeed.isTaken(context)
                && dialect.autoPosition()
                        .filter(auto -> auto.parameters().size() == 6)
                        .isPresent();
        boolean byEight = !GtidSeed.isTaken(context) && dialect.withDelay().isPresent();
        if (wishes(Delay.class) && !bySix && !byEight && !dialect.has(ManagedDialect.SET_DELAY, 1)) {
            refuse("stay behind its source on purpose", NO_PROCEDURE);
        }
    }

    private void until() {
        boolean position = wishes(UntilPosition.class);
        boolean gtids = wishes(UntilGtids.class);
        if (!position && !gtids) {
            return;
        }
        if (position && gtids) {
            refuse("stop at two points", "name a position or GTIDs");
        }
        if ((position && !dialect.has(ManagedDialect.START_UNTIL, 2))
                || (gtids && !dialect.has(ManagedDialect.START_UNTIL_GTID, 1))) {
            refuse("stop at a point", NO_PROCEDURE);
        }
        if (dialect.parallelWorkers() > 1) {
            refuse(
                    "stop at a point",
                    "it applies with " + dialect.parallelWorkers() + " workers, and the procedure takes one");
        }
        if (context.replication().lastStep().compareTo(GuideStep.ENABLE_REPLICATION) > 0) {
            refuse("catch up after it has stopped at a point", "let the plan end there, by until(ENABLE_REPLICATION)");
        }
    }

    private void repairs() {
        if (wishes(SkipError.class) && !dialect.has(ManagedDialect.SKIP_ERROR, 0)) {
            refuse("skip an error", NO_PROCEDURE);
        }
        if (wishes(SkipTransaction.class) && !dialect.has(ManagedDialect.SKIP_TRANSACTION, 1)) {
            refuse("skip a transaction", NO_PROCEDURE);
        }
        if (wishes(NextLog.class) && dialect.nextLog().isEmpty()) {
            refuse("go on at the next log file", NO_PROCEDURE);
        }
        long repairs = Stream.of(SkipError.class, SkipTransaction.class, NextLog.class)
                .filter(this::wishes)
                .count();
        if (repairs > 1) {
            refuse("leave out several things at once", "name one, and see where the replica comes to");
        }
        if (repairs > 0 && !context.alreadyReplicating()) {
            refuse("leave changes out", "it does not follow this source, so that it is stuck nowhere");
        }
    }

    private void material() {
        if (wishes(TlsMaterial.class)) {
            if (!dialect.has(ManagedDialect.IMPORT_SSL, 1)) {
                refuse("take a certificate", NO_PROCEDURE);
            } else if (!context.replica().tlsOffered()) {
                refuse("take a certificate", "it offers no TLS, and a private key does not travel in plain text");
            }
        } else if (dialect.encryption() == Encryption.IMPORTED_MATERIAL
                && LinkEncryption.of(context) == LinkEncryption.TLS
                && !context.alreadyReplicating()) {
            refuse(
                    "encrypt its connection to the source",
                    "it takes certificates for that, which the plan does not give (tlsMaterial)");
        }
    }
}
