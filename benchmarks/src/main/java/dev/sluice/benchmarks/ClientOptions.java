// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import dev.sluice.testservers.MySqlServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Option files by which client programs find a server, so that no password stands in a list of processes. */
final class ClientOptions {
    private ClientOptions() {}

    static Path write(Path folder, MySqlServer server, Account account) throws IOException {
        Path file = Files.createFile(
                folder.resolve("client-" + server.port() + ".cnf"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        StringBuilder text = new StringBuilder();
        for (String program : new String[] {"client", "mydumper", "myloader"}) {
            text.append('[').append(program).append("]\nhost=").append(server.host());
            text.append("\nport=").append(server.port()).append("\nuser=").append(account.user());
            text.append("\npassword=").append(account.password()).append('\n');
        }
        return Files.writeString(file, text);
    }
}
