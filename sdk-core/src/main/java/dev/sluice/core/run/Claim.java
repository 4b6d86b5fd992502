// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

/** Says whether the replica is still this run's to change. */
interface Claim extends AutoCloseable {
    /** Of servers that nobody else can get at, an engine's own access, and where nothing is done on the replica. */
    Claim UNCONTESTED = new Claim() {
        @Override
        public boolean isHeld() {
            return true;
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    };

    /** Whether it is held at this moment. Once it is lost it stays lost. */
    boolean isHeld();

    /** Whether a loss by a failover or a restart may be made good, or ends the run. Without effect on claims that no failover takes. */
    default void renewable(boolean now) {}

    /** What the run itself had done may have restarted the replica: it is claimed anew, where a loss may be made good. */
    default void replicaMayHaveRestarted() {}

    /** What the run itself had done may have restarted the source, on which something may stand that keeps others off the replica. */
    default void sourceMayHaveRestarted() {}

    /** What the run itself has made of the replica is being deleted: nobody else can work there any more. */
    default void replicaIsRemoved() {}

    @Override
    void close();
}
