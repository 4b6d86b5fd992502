// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.document.Document;
import dev.sluice.api.privileges.AccountPrivileges;
import dev.sluice.api.privileges.PrivilegeGrant;
import dev.sluice.api.privileges.PrivilegeScript;
import dev.sluice.core.json.Json;
import java.util.List;
import java.util.stream.Collectors;

/** A script as data, with its two other forms. */
record PrivilegeScriptValue(List<AccountPrivileges> accounts) implements PrivilegeScript {
    PrivilegeScriptValue {
        accounts = List.copyOf(accounts);
    }

    @Override
    public String text() {
        return accounts.stream().map(PrivilegeScriptValue::text).collect(Collectors.joining("\n"));
    }

    private static String text(AccountPrivileges account) {
        StringBuilder text = new StringBuilder("-- " + purpose(account) + "\n");
        account.notes().forEach(note -> comment(text, note));
        for (PrivilegeGrant grant : account.grants()) {
            comment(
                    text,
                    grant.privilege() + " ON " + grant.object() + ": to " + String.join("; to ", grant.reasons()));
        }
        account.statements()
                .forEach(sql -> text.append(account.isMadeByRun() ? "-- " + oneLine(sql) : sql)
                        .append(";\n"));
        return text.toString();
    }

    private static String purpose(AccountPrivileges account) {
        String who = switch (account.role()) {
            case SOURCE_LOGIN, REPLICA_LOGIN -> "Sluice logs in to ";
            case REPLICATION -> "The replica logs in to ";
        };
        return oneLine(who + account.server() + " as " + account.account());
    }

    private static void comment(StringBuilder text, String line) {
        text.append("-- ").append(oneLine(line)).append('\n');
    }

    /** A name may hold a line's end, after which a comment would be a statement. */
    private static String oneLine(String text) {
        return text.replaceAll("\\R", " ");
    }

    @Override
    public String json() {
        return Json.writePretty(Document.empty()
                .withAll(
                        "accounts",
                        accounts.stream().map(PrivilegeScriptValue::document).toList()));
    }

    private static Document document(AccountPrivileges account) {
        return Document.empty()
                .with("role", account.role().name())
                .with("account", account.account())
                .with("server", account.server())
                .with("madeByRun", account.isMadeByRun())
                .withAll(
                        "grants",
                        account.grants().stream()
                                .map(grant -> Document.empty()
                                        .with("privilege", grant.privilege())
                                        .with("object", grant.object())
                                        .withTexts("reasons", grant.reasons()))
                                .toList())
                .withTexts("statements", account.statements())
                .withTexts("notes", account.notes());
    }

    @Override
    public String toString() {
        return text();
    }
}
