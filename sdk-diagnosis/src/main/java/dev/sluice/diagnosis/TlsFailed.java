// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.diagnosis.ChannelError;
import dev.sluice.api.spi.Symptoms;
import java.util.List;

/** Versions of TLS, certificates or names that do not fit. */
final class TlsFailed implements ReceiverRow {
    @Override
    public String id() {
        return "tls-failed";
    }

    @Override
    public FailureCode code() {
        return FailureCode.TLS_FAILED;
    }

    @Override
    public String recognisedBy() {
        return "receiver's number 2026";
    }

    @Override
    public List<String> remedyNames() {
        return List.of("by-hand");
    }

    @Override
    public boolean isShownBy(ChannelError error) {
        return error.number() == 2026;
    }

    @Override
    public FindingDraft describe(FindingDraft draft, Symptoms symptoms) {
        return draft.seen(symptoms.source()
                        .flatMap(source -> source.variable("tls_version"))
                        .map(value -> "tls_version on the source = " + value))
                .seen(symptoms.replica().variable("tls_version").map(value -> "tls_version on the replica = " + value))
                .person(
                        "by-hand",
                        "See which side is wrong",
                        List.of(
                                "A CA file that did not sign the source's certificate, a certificate made for another name, or no common version of TLS.",
                                "The receiver goes on trying; the channel's SOURCE_SSL options are changed with CHANGE REPLICATION SOURCE TO."));
    }
}
