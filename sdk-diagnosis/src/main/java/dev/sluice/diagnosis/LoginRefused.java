// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.diagnosis.ChannelError;
import dev.sluice.api.spi.Symptoms;
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
    public FailureCode code() {
        return FailureCode.LOGIN_REFUSED;
    }

    @Override
    public String recognisedBy() {
        return "receiver's numbers 1044, 1045, 1130, 1227, 1698, 1820, 1862, 3118, 3878, or its text: access denied";
    }

    @Override
    public List<String> remedyNames() {
        return List.of("unlock", "encrypt", "grant", "new-password", "see-account");
    }

    @Override
    public boolean isShownBy(ChannelError error) {
        return NUMBERS.contains(error.number()) || error.says("access denied");
    }

    @Override
    public FindingDraft describe(FindingDraft draft, Symptoms symptoms) {
        ChannelError refused = symptoms.channel()
                .flatMap(channel -> channel.receiver().error())
                .orElseThrow();
        Optional<SourceAccount> account = SourceAccount.of(symptoms);
        Optional<SourceAccount> meant = account.filter(known -> known.isMeantBy(refused));
        return draft.seen(SourceAccount.listed(symptoms))
                .seen(account.flatMap(SourceAccount::told))
                .seen(account.filter(known -> meant.isEmpty())
                        .flatMap(known -> AccountHost.refused(refused))
                        .map(address ->
                                "it is not for logins from " + address + ", as which the source sees the replica"))
                .seen(meant.flatMap(known -> AccountLogins.ofOthers(symptoms))
                        .map(others -> "others that are logged in by its name: " + others))
                .remedy(
                        "unlock",
                        "Unlock the account",
                        meant.map(SourceAccount::unlocked).orElse(List.of()))
                .remedy(
                        "encrypt",
                        "Encrypt the connection to the source",
                        meant.map(SourceAccount::encrypted).orElse(List.of()),
                        "The account demands it.")
                .remedy(
                        "grant",
                        "Let the account replicate",
                        meant.map(SourceAccount::granted).orElse(List.of()))
                .remedy(
                        "new-password",
                        "Give the account a password that is made up now, and tell the replica",
                        meant.map(known -> known.newPassword(refused)).orElse(List.of()),
                        "Whoever else logs in with this account has to be told, too: who is not logged in now is not seen, and is refused from then on.",
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
