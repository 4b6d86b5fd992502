// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.spring;

import dev.sluice.core.Sluice;
import java.util.Set;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Shows replications: what a run would do, and how the replication is now. Changes nothing. */
@RestController
class ReplicationsController {
    private final Sluice sluice;
    private final Replications replications;

    ReplicationsController(Sluice sluice, Replications replications) {
        this.sluice = sluice;
        this.replications = replications;
    }

    @GetMapping("/replications")
    Set<String> names() {
        return replications.all().keySet();
    }

    /** Every step and every statement of a run, as it would be now. */
    @GetMapping(value = "/replications/{name}/preview", produces = MediaType.TEXT_PLAIN_VALUE)
    String preview(@PathVariable String name) {
        return sluice.compile(replications.plan(name)).explain().toString();
    }

    @GetMapping("/replications/{name}")
    ReplicationView one(@PathVariable String name) {
        return replications.state(name).map(ReplicationView::of).orElse(ReplicationView.NOT_SEEN);
    }
}
