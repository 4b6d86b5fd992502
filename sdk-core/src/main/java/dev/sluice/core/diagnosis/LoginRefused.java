// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.diagnosis;

import dev.sluice.api.diagnosis.ChannelError;
import dev.sluice.api.spi.Symptoms;
import dev.sluice.core.mysql.ReplicationAccountStatements;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Wrong password, wrong host part, locked, expired, or not allowed to replicate. */
final class LoginRefused implements ReceiverRow {
    private static final Set<Integer> NUMBERS = Set.of(1044, 1045, 1130, 1227, 1698, 1820, 1862, 3118, 3878);

    @Override
    public String id() {
        return "login-refused";
    }

    @Override
    public DiagnosisCode code() {
        return DiagnosisCode.LOGIN_REFUSED;
    }

    @Override
    public String recognisedBy() {
        return "receiver's numbers 1044, 1045, 1130, 1227, 1698, 1820, 1862, 3118, 3878, or its text: access denied";
    }

    @Override
    public List<String> remedyNames() {
        return List.of("unlock", "grant", "new-password", "see-account");
    }

    @Override
    public boolean isShownBy(ChannelError error) {
        return NUMBERS.contains(error.number()) || error.says("access denied");
    }

    @Override
    public FindingDraft describe(FindingDraft draft, Symptoms symptoms) {
        Optional<ReplicationAccountStatements> account = SourceAccount.of(symptoms);
        return draft.seen(SourceAccount.listed(symptoms))
                .seen(account.flatMap(known -> SourceAccount.told(known, symptoms)))
                .remedy("unlock", "Unlock the account", SourceAccount.unlocked(account, symptoms))
                .remedy("grant", "Let the account replicate", SourceAccount.granted(account, symptoms))
                .remedy(
                        "new-password",
                        "Give the account a password that is made up now, and tell the replica",
                        account.map(known -> SourceAccount.newPassword(known, symptoms))
                                .orElse(List.of()),
                        "Whoever else logs in with this account has to be told, too: other replicas stop.",
                        "The password lives on the two servers only. If something fails between them, do it again.")
                .person(
                        "see-account",
                        "Bring the account into order",
                        List.of(
                                "Its host part has to match the replica's address as the source sees it; a locked one is unlocked by ALTER USER … ACCOUNT"
                                        + " UNLOCK; it needs REPLICATION SLAVE.",
                                "The receiver goes on trying, or is started."));
    }
}
