// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.RunId;
import dev.sluice.api.secret.Secret;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.plan.Engines;
import java.util.Optional;

/** Makes what a run works with, from what the host gave. One object a run. */
final class RunTools {
    private final RunId run;
    private final Connectors connectors;
    private final RunSettings settings;
    private final RunLog log;
    private final ReplicationPassword password;
    private final People people;

    RunTools(RunId run, CompiledPlan compiled, Connectors connectors, RunSettings settings, RunLog log, People people) {
        this.run = run;
        this.connectors = connectors;
        this.settings = settings;
        this.log = log;
        this.people = people;
        Optional<Secret> given = compiled.plan() instanceof ReplicationPlan plan
                ? plan.replicationAccount().password()
                : Optional.empty();
        this.password = new ReplicationPassword(given, connectors.secrets());
    }

    /** Before anything is changed: that the replication password can be had, and that replicas take it. */
    void checkPassword() {
        password.value();
    }

    RunId run() {
        return run;
    }

    RunLog log() {
        return log;
    }

    Engines engines() {
        return connectors.engines();
    }

    RunServers servers(CompiledPlan compiled, Cancellation cancellation) {
        return new RunServers(connectors, compiled, run, cancellation);
    }

    StatementText text(RunMemory memory) {
        return new StatementText(password, memory);
    }

    Retries retries(Cancellation cancellation) {
        return new Retries(settings.retries(), cancellation, log);
    }

    OperationRunner operations(
            RunServers servers, StatementText text, UndoList undos, RunMemory memory, RunControl control) {
        DataWork data = new DataWork(
                memory, log, new SnapshotWork(settings, log), new CopyWork(settings, log), new VerifyWork());
        return new OperationRunner(
                servers, text, undos, retries(control.cancellation()), new Waiting(people, control::state, log), data);
    }
}
