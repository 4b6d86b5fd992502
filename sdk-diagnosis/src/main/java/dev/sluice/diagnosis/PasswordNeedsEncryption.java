// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.diagnosis.ChannelError;
import dev.sluice.api.spi.Symptoms;
import java.util.List;

/** caching_sha2_password over a connection that is not encrypted, without the source's key. */
final class PasswordNeedsEncryption implements ReceiverRow {
    @Override
    public String id() {
        return "password-needs-encryption";
    }

    @Override
    public FailureCode code() {
        return FailureCode.PASSWORD_NEEDS_ENCRYPTION;
    }

    @Override
    public String recognisedBy() {
        return "receiver's number 2061, or its text: requires secure connection";
    }

    @Override
    public List<String> remedyNames() {
        return List.of("encrypt", "ask-for-key", "native-password");
    }

    @Override
    public boolean isShownBy(ChannelError error) {
        return error.number() == 2061 || error.says("requires secure connection");
    }

    @Override
    public FindingDraft describe(FindingDraft draft, Symptoms symptoms) {
        ChannelError refused = symptoms.channel()
                .flatMap(channel -> channel.receiver().error())
                .orElseThrow();
        return draft.seen(symptoms.source()
                        .map(source -> "the source offers TLS: " + (source.tlsOffered() ? "yes" : "no")))
                .remedy("encrypt", "Encrypt the connection to the source", Links.encrypted(symptoms))
                .remedy(
                        "ask-for-key",
                        "Let the replica ask the source for the key that protects the password",
                        Links.withKeyOfSource(symptoms),
                        "Rows go on travelling readable for everybody on the way.")
                .remedy(
                        "native-password",
                        "Give the account the plugin mysql_native_password and a password that is made up now, and tell the replica",
                        SourceAccount.of(symptoms)
                                .map(account -> account.nativePassword(refused))
                                .orElse(List.of()),
                        "Rows go on travelling readable for everybody on the way. Whoever else logs in with this account has to be told.");
    }
}
