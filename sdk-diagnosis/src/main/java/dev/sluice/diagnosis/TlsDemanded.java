// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.diagnosis.ChannelError;
import dev.sluice.api.spi.Symptoms;
import java.util.List;

/** The source has require_secure_transport=ON, and the channel is not encrypted. */
final class TlsDemanded implements ReceiverRow {
    @Override
    public String id() {
        return "tls-demanded";
    }

    @Override
    public FailureCode code() {
        return FailureCode.TLS_DEMANDED;
    }

    @Override
    public String recognisedBy() {
        return "receiver's number 3159";
    }

    @Override
    public List<String> remedyNames() {
        return List.of("encrypt");
    }

    @Override
    public boolean isShownBy(ChannelError error) {
        return error.number() == 3159 || error.says("insecure transport");
    }

    @Override
    public FindingDraft describe(FindingDraft draft, Symptoms symptoms) {
        return draft.seen(symptoms.source()
                        .flatMap(source -> source.variable("require_secure_transport"))
                        .map(value -> "require_secure_transport on the source = " + value))
                .remedy("encrypt", "Encrypt the connection to the source", Links.encrypted(symptoms));
    }
}
