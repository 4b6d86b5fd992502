// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import dev.sluice.api.error.ErrorCode;

/** Why a comparison cannot be made. That something differs is no failure: it stands in the report. */
public enum VerifyCode implements ErrorCode {
    NOT_REPLICATING(
            "CORE-501",
            "The replica does not replicate from this source, so that it cannot be told when it has caught up",
            "Start replication, or compare while nobody writes on either server"),
    VALUE_LOST(
            "CORE-502",
            "The server left out a value because of a limit of its own, so that the checksum would not cover it",
            "Raise max_allowed_packet on both servers to at least 16 MiB"),
    SAME_SERVER("CORE-503", "Source and replica are the same server", "Check the addresses of both endpoints"),
    NOWHERE(
            "CORE-841",
            "Neither server shows a database that the scope names, so that nothing of it could be compared",
            "Correct the name, which is compared as the servers store it, or grant the users of both servers what lets them see the database"),
    NOT_ALL_SEEN(
            "CORE-842",
            "A user may not see all that is to be compared: what neither user sees would look equal",
            "Grant the user what the message names; the statements of Sluice.privileges(…) hold it"),
    NOT_DECIDED(
            "CORE-843",
            "Whether all tables of the replica are equal could not be decided; nothing was found to differ",
            "See the reasons. Resume the run, which has as much time again; or compare by LiveReplication, at one position what changes too often"
                    + " to be compared live"),
    NOT_EXACT(
            "CORE-583",
            "The replica cannot be compared at exactly one position of its source",
            "See the message; or compare while replication goes on: leave out verifyAtOnePosition()"),
    STOPPED_ELSEWHERE(
            "CORE-584",
            "The replica's applier did not stop at the position at which it was to be compared",
            "See whether somebody else stops and starts replication there, and compare again"),
    STAYS_STOPPED(
            "CORE-585",
            "The replica's applier did not go on after it was stopped for a comparison",
            "See SHOW REPLICA STATUS on the replica, and start replication there when the cause is gone");

    private final String id;
    private final String meaning;
    private final String remedy;

    VerifyCode(String id, String meaning, String remedy) {
        this.id = id;
        this.meaning = meaning;
        this.remedy = remedy;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String meaning() {
        return meaning;
    }

    @Override
    public String remedy() {
        return remedy;
    }
}
