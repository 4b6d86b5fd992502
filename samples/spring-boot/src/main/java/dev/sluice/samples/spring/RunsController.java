// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.spring;

import dev.sluice.api.run.ReplicationRun;
import java.net.URI;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Starts, watches and cancels runs over HTTP. There is no login here: that is for Spring Security, and for your rules. */
@RestController
class RunsController {
    private final Runs runs;
    private final Replications replications;

    RunsController(Runs runs, Replications replications) {
        this.runs = runs;
        this.replications = replications;
    }

    /** Begins, unless a run works on the replica already; answers as soon as the plan is compiled and checked, and the run goes on by itself. */
    @PostMapping("/replications/{name}/runs")
    ResponseEntity<RunView> start(@PathVariable String name) {
        ReplicationRun run = runs.start(replications.plan(name));
        return ResponseEntity.created(URI.create("/runs/" + run.id())).body(RunView.of(run));
    }

    @GetMapping("/runs")
    List<RunView> all() {
        return runs.all().stream()
                .map(recorded ->
                        runs.find(recorded.id().value()).map(RunView::of).orElseGet(() -> RunView.of(recorded)))
                .toList();
    }

    @GetMapping("/runs/{id}")
    RunView one(@PathVariable String id) {
        return runs.find(id).map(RunView::of).orElseGet(() -> RunView.of(runs.recorded(id)));
    }

    /** Answers within seconds: the run is {@code CANCELLING} while what it has done is undone, and {@code CANCELLED} then. */
    @PostMapping("/runs/{id}/cancel")
    RunView cancel(@PathVariable String id) {
        return RunView.of(runs.cancel(id));
    }

    /** Goes on with a run that is {@code PAUSED}, as its plan asks for. */
    @PostMapping("/runs/{id}/proceed")
    RunView proceed(@PathVariable String id) {
        return RunView.of(runs.proceed(id));
    }

    /** Takes a run back that has failed, and waits for it. */
    @PostMapping("/runs/{id}/abandon")
    RunView abandon(@PathVariable String id) throws InterruptedException {
        return RunView.of(runs.abandon(id));
    }
}
