// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testservers;

import dev.sluice.testservers.install.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The option file of a server.
 *
 * <p>Everything goes through the file and nothing onto the command line, because the command line would win over variables that were
 * set with {@code SET PERSIST}.
 */
final class OptionFile {
    private final Map<String, String> lines = new LinkedHashMap<>();

    private OptionFile() {}

    /** Where a server of this machine finds its files. */
    static OptionFile places(Installation installation, ServerFolder folder) {
        OptionFile file = new OptionFile();
        if ("root".equals(System.getProperty("user.name"))) {
            file.put("user", "root");
        }
        file.put("basedir", installation.baseDirectory());
        file.put("datadir", folder.data());
        file.put("tmpdir", folder.path());
        file.put("socket", folder.socket());
        file.put("pid_file", folder.path().resolve("server.pid"));
        file.put("lc_messages_dir", installation.messages());
        if (Files.isDirectory(installation.plugins())) {
            file.put("plugin_dir", installation.plugins());
        }
        file.put("log_error", folder.errorLog());
        file.put("general_log_file", folder.generalLog());
        return file;
    }

    /** A server in a container finds its files by itself. */
    static OptionFile inContainer() {
        return new OptionFile();
    }

    /** Adds what keeps test servers small and quick. */
    OptionFile sized(MySqlRelease release) {
        put("secure_file_priv", "");
        put("innodb_buffer_pool_size", "128M");
        // The kernel's number of asynchronous requests is limited for all servers of a machine together.
        put("innodb_use_native_aio", "OFF");
        put("innodb_flush_log_at_trx_commit", "2");
        put("sync_binlog", "0");
        if (release.isAtLeast(8, 0, 30)) {
            put("innodb_redo_log_capacity", "64M");
        } else {
            put("innodb_log_file_size", "32M");
        }
        return this;
    }

    /** Adds what makes it listen on loopback, and the binary log. */
    OptionFile listening(MySqlRelease release, int port, ServerOptions options) {
        put("port", port);
        put("bind_address", "127.0.0.1");
        put("server_id", port);
        if (options.hasBinaryLog()) {
            put("log_bin", "binlog");
        } else if (release.isAtLeast(8, 0, 0)) {
            put("skip_log_bin", "");
        }
        if (release.isAtLeast(8, 0, 11)) {
            put("mysqlx", "OFF");
        }
        return this;
    }

    /** Adds one line, or replaces it. */
    OptionFile put(String name, Object value) {
        lines.put(name, value.toString());
        return this;
    }

    /** The text, in which the user's settings take the place of ours. */
    String text(ServerOptions options) {
        Map<String, String> remaining = new LinkedHashMap<>(lines);
        options.settings().forEach(setting -> remaining.remove(setting.name()));
        StringBuilder text = new StringBuilder("[mysqld]\n");
        remaining.forEach((name, value) -> text.append(line(name, value)));
        options.settings().forEach(setting -> text.append(line(setting.name(), setting.value())));
        return text.toString();
    }

    /** Writes the text where only this user reads it: settings may hold passwords. */
    void write(Path file, ServerOptions options) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text(options));
    }

    private static String line(String name, String value) {
        if (name.startsWith("skip_") && value.isEmpty()) {
            return name + "\n";
        }
        return name + "=\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"\n";
    }
}
