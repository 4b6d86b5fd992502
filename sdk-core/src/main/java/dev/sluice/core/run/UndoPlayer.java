// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.error.JournalException;
import dev.sluice.api.error.SluiceException;
import dev.sluice.api.error.StepOutcomeUnknownException;
import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.api.operation.ControlPlaneOperation;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunEvent.UndoOutcome;
import dev.sluice.api.spi.StepKey;
import dev.sluice.core.mysql.CancelledException;
import dev.sluice.core.mysql.ServerErrorCode;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Plays single undos: looks whether the value is still the run's, reverses it, and tries again what surely was not applied. An undo
 * whose answer was lost is looked at before anything else is done. Nothing is done on a replica whose claim is lost. One thread at a
 * time.
 */
final class UndoPlayer {
    /** What waits for one table says nothing about the next one; all else that passes is about the whole server. */
    private static final Set<ServerErrorCode> OF_ONE_OBJECT =
            EnumSet.of(ServerErrorCode.LOCK_WAIT, ServerErrorCode.DEADLOCK, ServerErrorCode.OUTCOME_UNKNOWN);

    /** Does nothing the second time, by its own words. */
    private static final Pattern REPEATABLE = Pattern.compile("(DROP \\w+|RESET PERSIST) IF EXISTS .*", Pattern.DOTALL);

    private final Function<Target, ServerLink> links;
    private final UndoCalls calls;
    private final Claim claim;
    private final Function<Statement, String> text;
    private final Retries retries;
    private final RunLog log;
    private final Set<Target> outOfReach = EnumSet.noneOf(Target.class);
    private final Map<Target, List<Statement>> settings = new EnumMap<>(Target.class);

    UndoPlayer(
            Function<Target, ServerLink> links,
            UndoCalls calls,
            Claim claim,
            Function<Statement, String> text,
            Retries retries,
            RunLog log) {
        this.links = links;
        this.calls = calls;
        this.claim = claim;
        this.text = text;
        this.retries = retries;
        this.log = log;
    }

    /**
     * What became of an undo, with a word for people.
     *
     * @param byHandOrNull what a person has to do instead, if somebody can be asked; otherwise it is left
     */
    record Verdict(
            UndoOutcome outcome, String detail, @Nullable ControlPlaneOperation byHandOrNull) {
        static final Verdict UNDONE = new Verdict(UndoOutcome.UNDONE, "");

        Verdict(UndoOutcome outcome, String detail) {
            this(outcome, detail, null);
        }

        static Verdict byHand(ControlPlaneOperation call) {
            return new Verdict(
                    UndoOutcome.LEFT,
                    "the engine has no credentials for it; to be done by hand: " + call.command(),
                    call);
        }

        static Verdict failed(String detail) {
            return new Verdict(UndoOutcome.FAILED, detail);
        }
    }

    /**
     * Plays it, whatever it takes within the limits of retries.
     *
     * @param step that made the change
     * @throws CancelledException if somebody cancelled; the undo is still to be played, as far as is known
     * @throws JournalException LEASE_LOST if another process has taken the run, for which it is to undo; or, but for a guard, if the journal
     *     cannot be asked whether one has
     */
    Verdict play(StepKey step, Target target, Undo undo) {
        // A management API says nothing about its servers, nor they about it.
        boolean isCall = undo.reversal() instanceof ControlPlaneOperation;
        if (outOfReach.contains(target) && !isCall) {
            return Verdict.failed("not tried, since the server is out of reach");
        }
        Attempts attempts = new Attempts(step, target, undo);
        try {
            return (isCall ? retries.ofCalls() : retries).call(step, attempts::next);
        } catch (CancelledException | JournalException stopped) {
            throw stopped;
        } catch (StepUnavailableException inVain) {
            if (!isCall && !OF_ONE_OBJECT.contains(inVain.code())) {
                outOfReach.add(target);
            }
            return Verdict.failed(
                    attempts.isInDoubt ? "may or may not have been undone: " + what(inVain) : what(inVain));
        } catch (RuntimeException failure) {
            return Verdict.failed(what(failure));
        }
    }

    private static String what(RuntimeException failure) {
        return failure instanceof SluiceException known
                ? known.problems().get(0).what()
                : String.valueOf(failure);
    }

    /** The tries of one undo. */
    private final class Attempts {
        private final StepKey step;
        private final Target target;
        private final Undo undo;
        private boolean isInDoubt;
        private String found = "";

        Attempts(StepKey step, Target target, Undo undo) {
            this.step = step;
            this.target = target;
            this.undo = undo;
        }

        Verdict next() {
            requireLease();
            if (target != Target.SOURCE && !claim.isHeld()) {
                return Verdict.failed("not tried: the claim on the replica is lost, and another run may work there");
            }
            if (undo.reversal() instanceof ControlPlaneOperation call) {
                return played(call);
            }
            ServerLink link = links.apply(target);
            forgetOtherSettings(link);
            if (!isStillOurs(link)) {
                return isInDoubt
                        ? new Verdict(UndoOutcome.UNDONE, "its answer was lost, and a look shows that it was done")
                        : new Verdict(UndoOutcome.LEFT, "it is not as this run left it" + found);
            }
            try {
                undo.settings().forEach(setting -> link.session().query(text.apply(setting)));
                link.execute(text.apply(undo.statement()));
                return Verdict.UNDONE;
            } catch (StepOutcomeUnknownException lost) {
                link.reset();
                return afterLostAnswer(link, lost);
            }
        }

        /**
         * Calls of a provider's API open no session that would look, and a process may have been stopped since the last try. Only what holds
         * something up is released whatever became of the journal.
         */
        private void requireLease() {
            if (undo.scope() == UndoScope.GUARD) {
                log.requireNotLost();
            } else {
                log.requireLease();
            }
        }

        /** The first call on the replica's side begins to delete it: from then on its claim says nothing. */
        private Verdict played(ControlPlaneOperation call) {
            Verdict verdict = calls.play(call);
            if (target == Target.REPLICA && verdict.outcome() == UndoOutcome.UNDONE) {
                claim.replicaIsRemoved();
            }
            return verdict;
        }

        /** What an earlier undo set must not change what this one does. */
        private void forgetOtherSettings(ServerLink link) {
            List<Statement> before = settings.put(target, undo.settings());
            if (before != null && !before.equals(undo.settings())) {
                link.reset();
            }
        }

        private boolean isStillOurs(ServerLink link) {
            Optional<Undo.OnlyIf> only = undo.onlyIf();
            if (only.isEmpty()) {
                return true;
            }
            Optional<String> value = GuardValue.read(only.get(), link.session());
            found = value.filter(text -> !text.isEmpty())
                    .map(text -> ": " + text)
                    .orElse("");
            return value.filter(only.get().expected()::equalsIgnoreCase).isPresent();
        }

        /** Looks where that can tell; goes on where a second time does no harm; else nobody knows. */
        private Verdict afterLostAnswer(ServerLink link, StepOutcomeUnknownException lost) {
            isInDoubt = true;
            log.event((run, at) ->
                    new RunEvent.OutcomeUnknown(run, at, step, lost.problems().get(0)));
            if (undo.onlyIf().isPresent() && !isStillOurs(link)) {
                return new Verdict(UndoOutcome.UNDONE, "its answer was lost, and a look shows that it was done");
            }
            if (undo.onlyIf().isPresent() || isRepeatable()) {
                throw new StepUnavailableException(lost.problems().get(0), lost);
            }
            return Verdict.failed("may or may not have been undone: " + what(lost));
        }

        private boolean isRepeatable() {
            return REPEATABLE.matcher(undo.statement().preview()).matches();
        }
    }
}
