// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

import dev.sluice.api.plan.GuideStep;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How one row of the guide goes on mock servers: what it fails with, how long it takes, and when its effect shows. Without a script everything
 * succeeds at once. Failures are used up in the order in which they were planted. What no call has
 * met is in {@link MockEngine#unmetScripts()}. Thread-safe.
 */
public final class RowScript {
    private final MockEngine engine;
    private final GuideStep row;
    private final Deque<Planted> failures = new ArrayDeque<>();
    /** Lines that nothing replaces; the others are beside what they say. */
    private final List<ScriptLine> lines = new ArrayList<>();

    private @Nullable Planted forEver;
    private @Nullable ScriptLine doneAlready;
    private int looksBeforeEffectShows;
    private @Nullable ScriptLine late;
    private Runnable hook = () -> {};
    private @Nullable ScriptLine hooked;
    private Duration takes = Duration.ZERO;
    private @Nullable ScriptLine slow;
    private @Nullable Duration byPerson;
    private @Nullable ScriptLine person;

    RowScript(MockEngine engine, GuideStep row) {
        this.engine = engine;
        this.row = row;
    }

    /** A failure, and the line of the script that it comes from. */
    private record Planted(MockFailure failure, ScriptLine line) {
        MockFailure meet() {
            line.meet();
            return failure;
        }
    }

    private static ScriptLine line(String text) {
        return new ScriptLine(text, 1);
    }

    private ScriptLine lasting(ScriptLine line) {
        lines.add(line);
        return line;
    }

    /** Fails the next time. */
    public RowScript failsOnce(MockFailure failure) {
        return fails(1, failure);
    }

    /** Fails the next so many times. */
    public synchronized RowScript fails(int times, MockFailure failure) {
        String text = times == 1 ? "failsOnce(" + failure + ")" : "fails(" + times + ", " + failure + ")";
        Planted planted = new Planted(failure, lasting(new ScriptLine(text, times)));
        for (int i = 0; i < times; i++) {
            failures.add(planted);
        }
        return this;
    }

    /** After what was planted so far, fails each time. */
    public synchronized MockEngine thenFails(MockFailure failure) {
        forEver = new Planted(failure, line("thenFails(" + failure + ")"));
        return engine;
    }

    /** After what was planted so far, succeeds each time, which it does without being told so, too. */
    public synchronized MockEngine thenSucceeds() {
        forEver = null;
        return engine;
    }

    /** Is done before a run begins. */
    public synchronized MockEngine isDoneAlready() {
        doneAlready = line("isDoneAlready()");
        engine.markDone(row);
        return engine;
    }

    /**
     * Each of its operations takes so long, whether it succeeds or fails. By a {@link ManualClock} that is no time at all; by the system's
     * clock the run really waits. What takes longer than its step may take ends at the step's deadline, without an effect.
     */
    public synchronized RowScript takes(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("Nothing takes " + time);
        }
        takes = time;
        slow = time.isZero() ? null : line("takes(…)");
        return this;
    }

    /**
     * Where a person has to act, somebody does so long after the run has first found it missing, and tells nobody: the servers show it. For
     * operations that only people can do, and for all calls of a provider's API {@linkplain MockEngine#withoutCredentials() without
     * credentials}.
     */
    public synchronized MockEngine isDoneByPersonAfter(Duration time) {
        byPerson = time;
        person = line("isDoneByPersonAfter(…)");
        return engine;
    }

    /** Once done, it shows only to the look after so many looks. */
    public synchronized RowScript showsAfterLooks(int looks) {
        if (looks < 0) {
            throw new IllegalArgumentException("The number of looks is not negative: " + looks);
        }
        looksBeforeEffectShows = looks;
        late = new ScriptLine("showsAfterLooks(" + looks + ")", looks);
        return this;
    }

    /** Runs this whenever the row is about to be done, on the thread that does it. */
    public synchronized RowScript runs(Runnable action) {
        hook = action;
        hooked = line("runs(…)");
        return this;
    }

    /**
     * The replica fails over the next time that the row is done or looked at: nobody answers for so long, and then another server does, with
     * another {@code server_uuid}, that has all that the old one had. Only for rows that work on the replica, or wait for it.
     */
    public RowScript failsOver(Duration away) {
        return once("failsOver(…)", () -> engine.failOver(away, true));
    }

    /** The same, but the new server has lost its replication configuration, as RDS for MySQL can. */
    public RowScript failsOverAndForgets(Duration away) {
        return once("failsOverAndForgets(…)", () -> engine.failOver(away, false));
    }

    private synchronized RowScript once(String text, Runnable action) {
        Runnable before = hook;
        ScriptLine line = lasting(line(text));
        hook = () -> {
            synchronized (this) {
                hook = before;
                line.meet();
            }
            before.run();
            action.run();
        };
        return this;
    }

    /** Runs what is to run before the next performance. */
    void begin() {
        Runnable action;
        synchronized (this) {
            action = hook;
            meet(hooked);
        }
        action.run();
    }

    /** How long the next performance takes. */
    synchronized Duration duration() {
        meet(slow);
        return takes;
    }

    /** What the next performance meets. */
    synchronized Optional<MockFailure> next() {
        Optional<Planted> planted = failures.isEmpty() ? Optional.ofNullable(forEver) : Optional.of(failures.remove());
        return planted.map(Planted::meet);
    }

    /** Somebody looks whether the row is done. */
    synchronized void looked() {
        meet(doneAlready);
    }

    /** How long a person takes to do it; empty if nobody does. */
    synchronized Optional<Duration> byPerson() {
        return Optional.ofNullable(byPerson);
    }

    /** The person's time was over when somebody looked. */
    synchronized void wasDoneByPerson() {
        meet(person);
    }

    /** Whether a look sees the effect of what was done. */
    synchronized boolean effectShows() {
        if (looksBeforeEffectShows == 0) {
            return true;
        }
        looksBeforeEffectShows--;
        meet(late);
        return false;
    }

    private static void meet(@Nullable ScriptLine line) {
        if (line != null) {
            line.meet();
        }
    }

    /** What was told and has not been met, as the test wrote it. */
    synchronized List<String> unmet() {
        ScriptLine always = forEver == null ? null : forEver.line();
        return Stream.concat(lines.stream(), Stream.of(always, doneAlready, late, hooked, slow, person))
                .filter(Objects::nonNull)
                .filter(line -> !line.isMet())
                .map(ScriptLine::toString)
                .toList();
    }
}
