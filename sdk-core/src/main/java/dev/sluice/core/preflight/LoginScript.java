// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.Target;
import dev.sluice.api.privileges.AccountPrivileges;
import dev.sluice.api.privileges.AccountRole;
import dev.sluice.api.privileges.PrivilegeGrant;
import java.util.ArrayList;
import java.util.List;

/** The account by which Sluice logs in to one of the servers. */
final class LoginScript {
    private LoginScript() {}

    static AccountPrivileges of(AccountRole role, Logins logins, String label, ServerFacts server, List<Need> needs) {
        boolean isSource = role == AccountRole.SOURCE_LOGIN;
        String account = isSource ? logins.source() : logins.replica();
        boolean isNew = isSource ? logins.isSourceNew() : logins.isReplicaNew();
        Target target = isSource ? Target.SOURCE : Target.REPLICA;
        List<Need> inVain = needs.stream()
                .filter(need -> need.target() == target && NeverGranted.on(server, need.anyOf()))
                .toList();
        List<PrivilegeGrant> grants = LeastGrants.of(
                target,
                server,
                account,
                needs.stream().filter(need -> !inVain.contains(need)).toList());
        List<String> statements = new ArrayList<>();
        if (isNew) {
            statements.add("CREATE USER " + account + " IDENTIFIED BY <password of the "
                    + (isSource ? "source" : "replica") + " login>");
        }
        statements.addAll(GrantText.of(grants, account));
        List<String> notes = new ArrayList<>(isNew ? List.of() : List.of(alreadyThere(account)));
        inVain.forEach(need -> notes.add(NeverGranted.note(need)));
        return new AccountPrivileges(role, account, label, false, grants, statements, notes);
    }

    private static String alreadyThere(String account) {
        return account + " is there already: what it holds beyond this is not taken from it.";
    }
}
