// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.Target;
import dev.sluice.api.verify.TableComparison;
import dev.sluice.api.verify.VerificationReport;
import dev.sluice.core.plan.CatchUpWatch;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What a run has found out and holds open so far. Written by the run's own thread, read by others. */
final class RunMemory {
    private final CatchUpWatch catchUp;
    private final Map<String, String> told = new ConcurrentHashMap<>();
    private final Set<KnownUuid> uuids = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Coordinates coordinates;
    private volatile @Nullable OpenSnapshot snapshot;
    private volatile boolean snapshotIsOpen;
    private volatile boolean loaded;
    private volatile boolean madePassword;
    private volatile long rows;
    private volatile long bytes;
    private volatile Duration copyTook = Duration.ZERO;
    private volatile Duration lockHeld = Duration.ZERO;
    private volatile @Nullable Duration lag;
    private volatile @Nullable VerificationReport verification;
    private volatile List<TableComparison> compared = List.of();
    private volatile LoadedTables believed = LoadedTables.NONE;

    RunMemory(Clock clock, @Nullable Coordinates start) {
        this.catchUp = new CatchUpWatch(clock);
        this.coordinates = start;
    }

    /** A server's UUID, in lower case. */
    private record KnownUuid(Target target, String uuid) {
        static KnownUuid of(Target target, String uuid) {
            return new KnownUuid(target, uuid.toLowerCase(Locale.ROOT));
        }
    }

    /** The run has followed a server to this one, or has seen that it is the same. */
    void knows(Target target, String serverUuid) {
        uuids.add(KnownUuid.of(target, serverUuid));
    }

    /** Whether it has. */
    boolean isKnown(Target target, String serverUuid) {
        return uuids.contains(KnownUuid.of(target, serverUuid));
    }

    /** What a person has said of an action, {@code ""} where it asks nothing. */
    void told(String actionId, String answer) {
        told.put(actionId, answer);
    }

    /** The same; empty as long as nobody has said that it was done. */
    Optional<String> told(String actionId) {
        return Optional.ofNullable(told.get(actionId));
    }

    /** What people have said to an earlier process. */
    void restoreTold(Map<String, String> answers) {
        told.putAll(answers);
    }

    /** What an earlier process found out about a snapshot that is still to be loaded. */
    void restore(Optional<Coordinates> where) {
        where.ifPresent(known -> coordinates = known);
    }

    /** What an earlier process found out, and that it has loaded everything. */
    void restore(Optional<Coordinates> where, long copiedRows, long copiedBytes, Duration took) {
        restore(where);
        loaded(copiedRows, copiedBytes, took);
    }

    /** What an earlier process has loaded, by the journal's word. */
    void restoreLoaded(LoadedTables tables) {
        believed = tables;
    }

    LoadedTables believed() {
        return believed;
    }

    /** For how long snapshots of earlier processes have held up writers. */
    void restoreHeldUp(Duration before) {
        this.lockHeld = before;
    }

    /** Whether an earlier process has made the replication account with a password that nobody knows any more. */
    void madePassword(boolean made) {
        this.madePassword = made;
    }

    boolean madePassword() {
        return madePassword;
    }

    CatchUpWatch catchUp() {
        return catchUp;
    }

    @Nullable
    Coordinates coordinates() {
        return coordinates;
    }

    /**
     * Where the snapshot stands, found out without opening it here. Whether that is new.
     *
     * @throws StepRefusedException if it stood elsewhere before
     */
    boolean snapshotStands(Coordinates where) {
        Coordinates known = coordinates;
        if (known == null) {
            coordinates = where;
            return true;
        }
        if (!known.position().equals(where.position()) || !known.serverUuid().equals(where.serverUuid())) {
            throw new StepRefusedException(Problem.of(
                    RunCode.COORDINATES_CHANGED,
                    "The snapshot stood at " + known.position() + ", and is now said to stand at " + where.position()));
        }
        return false;
    }

    /** The snapshot is open; where an engine's own access holds it, there is nothing here to read from. */
    void snapshotOpened(Coordinates where, @Nullable OpenSnapshot open, Duration held) {
        this.coordinates = where;
        this.snapshot = open;
        this.snapshotIsOpen = true;
        this.lockHeld = lockHeld.plus(held);
    }

    boolean isSnapshotOpen() {
        return snapshotIsOpen;
    }

    @Nullable
    OpenSnapshot openSnapshot() {
        return snapshot;
    }

    void closeSnapshot() {
        OpenSnapshot open = snapshot;
        snapshot = null;
        snapshotIsOpen = false;
        if (open != null) {
            open.close();
        }
    }

    void loaded(long copiedRows, long copiedBytes, Duration took) {
        this.rows = copiedRows;
        this.bytes = copiedBytes;
        this.copyTook = took;
        this.loaded = true;
    }

    boolean isLoaded() {
        return loaded;
    }

    long rows() {
        return rows;
    }

    long bytes() {
        return bytes;
    }

    Duration copyTook() {
        return copyTook;
    }

    /** By all snapshots that the run has taken. */
    Duration lockHeld() {
        return lockHeld;
    }

    /** Writers were held up once more. */
    void lockHeldAgain(Duration held) {
        lockHeld = lockHeld.plus(held);
    }

    void lag(@Nullable Duration seen) {
        this.lag = seen;
    }

    @Nullable
    Duration lag() {
        return lag;
    }

    /** What an earlier process has compared, and found equal. */
    void restoreCompared(List<TableComparison> tables) {
        compared = List.copyOf(tables);
    }

    List<TableComparison> compared() {
        return compared;
    }

    void verified(VerificationReport report) {
        this.verification = report;
    }

    @Nullable
    VerificationReport verification() {
        return verification;
    }
}
