// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.programs;

import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.plan.TableName;
import dev.sluice.core.dump.DumpEnd;
import java.nio.file.Path;
import java.util.Collection;

/** What the programs are told in their option files: where to log in, how, and what {@code mysqldump} leaves out. */
final class OptionText {
    private OptionText() {}

    /** Holds the password. */
    static String of(DumpEnd end, ServerTls tls) {
        ServerAddress address = end.connector().address();
        return "[client]\n"
                + option("host", address.host())
                + option("port", Integer.toString(address.port()))
                + option("protocol", "tcp")
                + option("user", end.user())
                + option("password", end.password().get())
                + encryption(end, tls);
    }

    /** Names of tables to leave out go here rather than into arguments: here they are in UTF-8 whatever the locale is. */
    static String leavingOut(Collection<TableName> tables) {
        StringBuilder text = new StringBuilder("[mysqldump]\n");
        tables.forEach(table -> text.append(option("ignore-table", table.database() + "." + table.table())));
        return text.toString();
    }

    /** Unencrypted only where it is allowed and the server offers nothing else. */
    private static String encryption(DumpEnd end, ServerTls tls) {
        if (tls == ServerTls.NOT_OFFERED && end.plainText() == DumpEnd.PlainText.ALLOWED) {
            // Without TLS, caching_sha2_password encrypts the password with a key that the server sends.
            return option("ssl-mode", "PREFERRED") + "loose-get-server-public-key\n";
        }
        return switch (end.tls().verification()) {
            case NONE_DANGEROUS_WHERE_THE_NETWORK_IS_NOT_TRUSTED -> option("ssl-mode", "REQUIRED");
            case CA -> option("ssl-mode", "VERIFY_CA") + authority(end);
            case IDENTITY -> option("ssl-mode", "VERIFY_IDENTITY") + authority(end);
        };
    }

    private static String authority(DumpEnd end) {
        Path ca = end.tls()
                .ca()
                .orElseThrow(() -> new StepRefusedException(Problem.of(
                        ProgramCode.NO_CERTIFICATES,
                        "The certificate of " + end.connector() + " is to be verified, and no PEM file is given")));
        return option("ssl-ca", ca.toAbsolutePath().toString());
    }

    private static String option(String name, String value) {
        return name + "=" + OptionFile.quote(value) + "\n";
    }
}
