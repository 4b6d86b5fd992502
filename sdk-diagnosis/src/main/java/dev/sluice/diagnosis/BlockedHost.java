// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.diagnosis.ChannelError;
import dev.sluice.api.spi.Symptoms;
import java.util.List;

/** The source lets nobody in from this host any more. */
final class BlockedHost implements ReceiverRow {
    @Override
    public String id() {
        return "host-blocked";
    }

    @Override
    public FailureCode code() {
        return FailureCode.HOST_BLOCKED;
    }

    @Override
    public String recognisedBy() {
        return "receiver's number 1129";
    }

    @Override
    public List<String> remedyNames() {
        return List.of("unblock", "start", "start-by-plan");
    }

    @Override
    public boolean isShownBy(ChannelError error) {
        return error.number() == 1129;
    }

    @Override
    public FindingDraft describe(FindingDraft draft, Symptoms symptoms) {
        return draft.person(
                        "unblock",
                        "Let the source forget the broken connections",
                        List.of(
                                "On the source: TRUNCATE TABLE performance_schema.host_cache, before 8.0 FLUSH HOSTS.",
                                "See why connections broke: health checks of load balancers do it."))
                .start("Once the host is let in again; the receiver also tries by itself.");
    }
}
