// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import dev.sluice.api.error.SluiceException;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunId;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.core.Sluice;
import dev.sluice.core.copy.CopyBudget;
import dev.sluice.core.copy.LiveBudget;
import dev.sluice.core.journal.FileJournal;
import dev.sluice.core.journal.Journal;
import dev.sluice.external.ExternalEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A process of its own that starts or resumes a run, told by its arguments, and tells on its standard output what becomes of it. At the
 * kill point it says so and waits, to be killed or until the file {@code go} is there. Passwords come by the environment.
 */
final class RunInChild {
    /** Bytes a second: a copy of 4 MiB takes some seconds. */
    private static final long SLOW = 2 << 20;

    private final Path folder;
    private final KillPoint point;

    private RunInChild(Path folder, KillPoint point) {
        this.folder = folder;
        this.point = point;
    }

    /**
     * Of {@code start folder point}, where the folder has the plan as {@code plan.json}, {@code start-slowly folder point} with a copy that
     * takes a few seconds, or {@code resume folder point run}.
     */
    public static void main(String[] arguments) throws Exception {
        RunInChild child = new RunInChild(Path.of(arguments[1]), KillPoint.parse(arguments[2]));
        String command = arguments[0];
        try (Sluice sluice = child.sluice(command.equals("start-slowly") ? SLOW : CopyBudget.UNLIMITED)) {
            ReplicationRun run = command.startsWith("start")
                    ? child.start(sluice)
                    : sluice.resume(new RunId(arguments[3]), RunInChild::tell);
            say("RUN " + run.id());
            RunResult result = run.completion().toCompletableFuture().get(5, TimeUnit.MINUTES);
            say("LOCK " + result.lockHeld() + " COPY " + result.copyTook());
            say("END " + result.state() + " "
                    + result.problem().map(Object::toString).orElse(""));
        } catch (SluiceException refused) {
            say("END REFUSED " + refused.getMessage());
        }
        // The driver's own thread for abandoned connections would keep the process for a while.
        System.exit(0);
    }

    private Sluice sluice(long bytesPerSecond) {
        Journal journal = FileJournal.in(folder.resolve("journal"));
        return Sluice.builder()
                .engines(ExternalEngine.create())
                .secrets(SecretResolver.withNamed(name -> System.getenv("SECRET_" + name)))
                .journal(new HeldJournal(journal, this::at))
                .copyBudget(LiveBudget.of(CopyBudget.atMost(2, 2).bytesPerSecond(bytesPerSecond)))
                .build();
    }

    private ReplicationRun start(Sluice sluice) throws IOException {
        var plan = sluice.planFromJson(Files.readString(folder.resolve("plan.json")));
        return sluice.start(sluice.compile(plan), RunInChild::tell);
    }

    private void at(KillPoint now) {
        say("AT " + now);
        if (point.isAt(now)) {
            say("POINT " + now);
            while (!Files.exists(folder.resolve("go"))) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }
    }

    private static void tell(RunEvent event) {
        String more = event instanceof RunEvent.CopyStartsOver over ? " " + over.dropped() : "";
        say("EVENT " + event.getClass().getSimpleName() + more);
    }

    private static synchronized void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
