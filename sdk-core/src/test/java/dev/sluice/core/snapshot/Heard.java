// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.operation.LockKind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/** Remembers what happened, and does something at a moment that only a listener sees. */
final class Heard implements SnapshotListener {
    final List<Blocker> putOffFor = new CopyOnWriteArrayList<>();
    final List<LockKind> tried = new CopyOnWriteArrayList<>();
    final List<LockKind> denied = new CopyOnWriteArrayList<>();
    final List<ErrorCode> setBacks = new CopyOnWriteArrayList<>();
    final List<Duration> heldUp = new CopyOnWriteArrayList<>();
    final List<Duration> released = new CopyOnWriteArrayList<>();
    private final AtomicReference<Act> whenTrying = new AtomicReference<>(() -> {});
    private final AtomicReference<Act> whenSetBack = new AtomicReference<>(() -> {});
    private final AtomicReference<Act> whenReleased = new AtomicReference<>(() -> {});

    /** Something that may fail. */
    interface Act {
        void run() throws Exception;
    }

    /** After the last look and right before the lock is asked for. */
    Heard whenTrying(Act act) {
        whenTrying.set(act);
        return this;
    }

    Heard whenSetBack(Act act) {
        whenSetBack.set(act);
        return this;
    }

    /** After the lock and before the definitions are compared. */
    Heard whenReleased(Act act) {
        whenReleased.set(act);
        return this;
    }

    @Override
    public void putOff(LockKind lock, List<Blocker> inTheWay) {
        putOffFor.addAll(inTheWay);
    }

    @Override
    public void trying(LockKind lock, int attempt) {
        tried.add(lock);
        run(whenTrying);
    }

    @Override
    public void denied(LockKind lock, Problem why) {
        denied.add(lock);
    }

    @Override
    public void setBack(LockKind lock, Problem why, Duration writersHeldUp) {
        setBacks.add(why.code());
        heldUp.add(writersHeldUp);
        run(whenSetBack);
    }

    @Override
    public void released(LockKind lock, Duration writersHeldUp) {
        released.add(writersHeldUp);
        run(whenReleased);
    }

    private static void run(AtomicReference<Act> act) {
        try {
            act.get().run();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }
}
