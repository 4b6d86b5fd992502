// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testservers;

import dev.sluice.testservers.install.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes the option file of a server.
 *
 * <p>Everything goes through the file and nothing onto the command line, because the command line would win over variables that were
 * set with {@code SET PERSIST}.
 */
final class OptionFile {
    private final MySqlRelease release;
    private final Installation installation;
    private final ServerFolder folder;

    OptionFile(MySqlRelease release, Installation installation, ServerFolder folder) {
        this.release = release;
        this.installation = installation;
        this.folder = folder;
    }

    /** The file for a server that listens. */
    void write(int port, ServerOptions options) throws IOException {
        Map<String, String> base = places();
        base.put("port", Integer.toString(port));
        base.put("bind_address", "127.0.0.1");
        base.put("server_id", Integer.toString(port));
        base.put("log_error", folder.errorLog().toString());
        base.put("general_log_file", folder.generalLog().toString());
        if (options.hasBinaryLog()) {
            base.put("log_bin", "binlog");
        } else if (release.isAtLeast(8, 0, 0)) {
            base.put("skip_log_bin", "");
        }
        if (release.isAtLeast(8, 0, 11)) {
            base.put("mysqlx", "OFF");
        }
        write(base, options);
    }

    /** The file for making a data directory. */
    void writeForInitialising() throws IOException {
        Map<String, String> base = places();
        base.put("init_file", folder.initFile().toString());
        write(base, ServerOptions.defaults());
    }

    private Map<String, String> places() {
        Map<String, String> lines = new LinkedHashMap<>();
        if (isRoot()) {
            lines.put("user", "root");
        }
        lines.put("basedir", installation.baseDirectory().toString());
        lines.put("datadir", folder.data().toString());
        lines.put("tmpdir", folder.path().toString());
        lines.put("socket", folder.socket().toString());
        lines.put("pid_file", folder.path().resolve("server.pid").toString());
        lines.put("lc_messages_dir", installation.messages().toString());
        if (Files.isDirectory(installation.plugins())) {
            lines.put("plugin_dir", installation.plugins().toString());
        }
        lines.put("secure_file_priv", "");
        lines.put("innodb_buffer_pool_size", "128M");
        // The kernel's number of asynchronous requests is limited for all servers of a machine together.
        lines.put("innodb_use_native_aio", "OFF");
        lines.put("innodb_flush_log_at_trx_commit", "2");
        lines.put("sync_binlog", "0");
        if (release.isAtLeast(8, 0, 30)) {
            lines.put("innodb_redo_log_capacity", "64M");
        } else {
            lines.put("innodb_log_file_size", "32M");
        }
        return lines;
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private void write(Map<String, String> base, ServerOptions options) throws IOException {
        options.settings().forEach(setting -> base.remove(setting.name()));
        StringBuilder text = new StringBuilder("[mysqld]\n");
        base.forEach((name, value) -> text.append(line(name, value)));
        options.settings().forEach(setting -> text.append(line(setting.name(), setting.value())));
        Files.deleteIfExists(folder.optionFile());
        Files.createFile(
                folder.optionFile(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(folder.optionFile(), text);
    }

    private static String line(String name, String value) {
        if (name.startsWith("skip_") && value.isEmpty()) {
            return name + "\n";
        }
        return name + "=\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"\n";
    }
}
