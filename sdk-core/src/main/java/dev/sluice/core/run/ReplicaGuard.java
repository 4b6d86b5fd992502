// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

/** Sees to it that a step which only waits for its replica waits for the server that is the replica. One thread at a time. */
interface ReplicaGuard {
    /** For steps and servers that know no failover. */
    ReplicaGuard NONE = new ReplicaGuard() {
        @Override
        public void check(RunLive live) {
            // Whatever answers is the replica.
        }

        @Override
        public boolean hasRecovered(RuntimeException failure, RunLive live) {
            return false;
        }
    };

    /**
     * To be called before each look.
     *
     * @throws ReplicaMovedException if another server, or none, is the replica now
     */
    void check(RunLive live);

    /**
     * What to make of a failure: if the replica was moved, this waits for the new server, claims it and brings replication back.
     *
     * @return whether the step can go on as if nothing had happened
     * @throws dev.sluice.api.error.StepException if the replica was moved and the run cannot go on there
     */
    boolean hasRecovered(RuntimeException failure, RunLive live);
}
