// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.spring;

import dev.sluice.api.endpoint.ReplicaEndpoint;
import dev.sluice.api.error.SluiceException;
import dev.sluice.api.plan.Plan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.RecordedRun;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunId;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.core.Sluice;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/** Runs: starts them, goes on with those that an earlier process has left, and finds them by their ids. */
@Service
class Runs {
    private static final Logger log = LoggerFactory.getLogger(Runs.class);

    private final Sluice sluice;
    /** Those that this process drives or has driven. */
    private final Map<RunId, ReplicationRun> here = new ConcurrentHashMap<>();

    /** Why runs could not be resumed: it is tried again all the time, and told once. */
    private final Map<RunId, String> refusals = new ConcurrentHashMap<>();

    Runs(Sluice sluice) {
        this.sluice = sluice;
    }

    /**
     * The service was stopped, killed or moved to another machine: the journal tells what it was doing. One that failed is tried once more; a
     * service that is stopped in an orderly way leaves such runs.
     */
    @EventListener(ApplicationReadyEvent.class)
    void resumeWhatWasLeft() {
        resumeAll(Set.of(RecordedRun.Condition.LEFT, RecordedRun.Condition.FAILED));
    }

    /** A process that was killed seems to drive its runs for a while: they are left only when its lease on them has run out. */
    @Scheduled(initialDelay = 10, fixedDelay = 10, timeUnit = TimeUnit.SECONDS)
    void resumeWhatIsLeft() {
        resumeAll(Set.of(RecordedRun.Condition.LEFT));
    }

    private void resumeAll(Set<RecordedRun.Condition> conditions) {
        sluice.runs().stream()
                .filter(run -> conditions.contains(run.condition()))
                .map(RecordedRun::id)
                .forEach(this::resume);
    }

    private void resume(RunId id) {
        try {
            keep(sluice.resume(id));
        } catch (SluiceException refused) {
            // Another instance was faster, or a person has to look; the service itself is none the worse for it.
            String why = String.valueOf(refused.getMessage());
            if (!why.equals(refusals.put(id, why))) {
                log.warn("A run could not be resumed. run={}", id, refused);
            }
        }
    }

    /**
     * Compiles the plan for the servers as they are now, checks it and begins. Both servers are asked, which takes some seconds. One at a time, so
     * that of two requests the second finds the run of the first.
     */
    synchronized ReplicationRun start(ReplicationPlan plan) {
        requireFree(plan.replica());
        return keep(sluice.start(sluice.compile(plan)));
    }

    /**
     * A replica takes one run at a time. Sluice sees to that by itself: the second run fails, whichever process started it. But who asks for one
     * wants to know at once, and which run it is.
     */
    private void requireFree(ReplicaEndpoint replica) {
        sluice.runs().stream()
                .filter(run -> run.condition() == RecordedRun.Condition.UNDER_WAY)
                .filter(run -> run.plan().filter(plan -> isAbout(plan, replica)).isPresent())
                .findFirst()
                .ifPresent(run -> {
                    throw new ConflictException(run.id(), "works on " + replica.label() + " already");
                });
    }

    private static boolean isAbout(Plan plan, ReplicaEndpoint replica) {
        return plan.replica().label().equals(replica.label());
    }

    private ReplicationRun keep(ReplicationRun run) {
        here.put(run.id(), run);
        return run;
    }

    /** All that the journal knows, oldest first, whichever process drove them. */
    List<RecordedRun> all() {
        return sluice.runs();
    }

    /** A run of this process. */
    Optional<ReplicationRun> find(String id) {
        return here.values().stream().filter(run -> run.id().value().equals(id)).findFirst();
    }

    /** A run of any process, as the journal tells of it. */
    RecordedRun recorded(String id) {
        return all().stream()
                .filter(run -> run.id().value().equals(id))
                .findFirst()
                .orElseThrow(() -> new NotFoundException("There is no run " + id));
    }

    /** Takes a run back that has failed, whichever process drove it, and waits until everything was tried. */
    RunResult abandon(String id) throws InterruptedException {
        Optional<ReplicationRun> own = find(id);
        return own.isPresent()
                ? own.get().abandon()
                : sluice.abandon(recorded(id).id());
    }

    /** Begins to take a run back that goes on. */
    ReplicationRun cancel(String id) {
        ReplicationRun run = goingOn(id);
        run.cancel();
        return run;
    }

    /** Goes on with a run that waits for it. */
    ReplicationRun proceed(String id) {
        ReplicationRun run = goingOn(id);
        RunState state = run.status().state();
        if (state != RunState.PAUSED) {
            throw new ConflictException(run.id(), "is " + state + ", and does not wait for anybody to say so");
        }
        run.proceed();
        return run;
    }

    /** A run that this process drives and that has not ended, or a refusal. */
    private ReplicationRun goingOn(String id) {
        ReplicationRun run = find(id).orElseThrow(() -> notHere(recorded(id)));
        RunState state = run.status().state();
        if (state.isFinal()) {
            throw new ConflictException(run.id(), "has ended: it is " + state);
        }
        return run;
    }

    private static ConflictException notHere(RecordedRun run) {
        return new ConflictException(run.id(), "is not driven by this process: it is " + run.condition());
    }
}
