// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testservers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a test server's option file holds beside what makes it a test server.
 *
 * <p>Defaults: binary logging on with base name {@code binlog}, the server's port as its server id, a buffer pool of 128 MiB, redo log of
 * 64 MiB, and commits that survive the death of the server but not of the machine ({@code innodb_flush_log_at_trx_commit=2},
 * {@code sync_binlog=0}). Everything else is as the release has it. Immutable and thread-safe; equal options are equal.
 */
public final class ServerOptions {
    private static final Set<String> TAKEN = Set.of(
            "basedir",
            "bind_address",
            "datadir",
            "general_log_file",
            "lc_messages_dir",
            "log_error",
            "log_error_verbosity",
            "pid_file",
            "plugin_dir",
            "port",
            "skip_name_resolve", // root is root@localhost, a name
            "socket",
            "tmpdir",
            "user");

    private final List<Setting> settings;
    private final BinaryLog binaryLog;

    private enum BinaryLog {
        ON,
        OFF
    }

    /**
     * One line of an option file.
     *
     * @param name with underscores
     * @param value as the server reads it, without quotes
     */
    record Setting(String name, String value) {}

    private ServerOptions(List<Setting> settings, BinaryLog binaryLog) {
        this.settings = List.copyOf(settings);
        this.binaryLog = binaryLog;
    }

    /** The defaults. */
    public static ServerOptions defaults() {
        return new ServerOptions(List.of(), BinaryLog.ON);
    }

    /** Sets {@code server_id}. When not called, the id is the port number, so that no two servers clash. */
    public ServerOptions serverId(long id) {
        return setting("server_id", Long.toString(id));
    }

    /** Sets what a server needs to use GTIDs: {@code gtid_mode}, {@code enforce_gtid_consistency}, {@code log_replica_updates}. */
    public ServerOptions gtid() {
        return setting("gtid_mode", "ON")
                .setting("enforce_gtid_consistency", "ON")
                .setting("log_slave_updates", "ON");
    }

    /** Starts without a binary log, whatever name was set for it. */
    public ServerOptions withoutBinaryLog() {
        return new ServerOptions(settings, BinaryLog.OFF);
    }

    /** Starts with a binary log, the default. */
    public ServerOptions withBinaryLog() {
        return new ServerOptions(settings, BinaryLog.ON);
    }

    /**
     * Sets an option, in the spelling that the release understands.
     *
     * @param name with dashes or underscores
     * @param value as the server shall read it, without quotes
     * @throws IllegalArgumentException if it is an option by which the test server finds its files, port or log
     */
    public ServerOptions setting(String name, String value) {
        String normal = normal(name);
        List<Setting> others =
                settings.stream().filter(one -> !one.name().equals(normal)).toList();
        return new ServerOptions(append(others, new Setting(normal, value)), binaryLog);
    }

    /** Gives an option that may stand more than once, such as {@code replicate_do_db}, one more time. */
    public ServerOptions oneMore(String name, String value) {
        return new ServerOptions(append(settings, new Setting(normal(name), value)), binaryLog);
    }

    /** Takes back what was set under a name, so that the server has it as the release or the test server does. */
    public ServerOptions unset(String name) {
        String normal = normal(name);
        return new ServerOptions(
                settings.stream().filter(one -> !one.name().equals(normal)).toList(), binaryLog);
    }

    private static List<Setting> append(List<Setting> settings, Setting last) {
        List<Setting> all = new ArrayList<>(settings);
        all.add(last);
        return all;
    }

    private static String normal(String name) {
        String normal = name.replace('-', '_').toLowerCase(Locale.ROOT);
        if (TAKEN.contains(normal) || !normal.matches("[a-z0-9_.]+")) {
            throw new IllegalArgumentException("The option " + name + " cannot be set for a test server");
        }
        return normal;
    }

    /** The name of a binary log would switch it on. */
    List<Setting> settings() {
        return hasBinaryLog()
                ? settings
                : settings.stream().filter(one -> !one.name().equals("log_bin")).toList();
    }

    boolean hasBinaryLog() {
        return binaryLog == BinaryLog.ON;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ServerOptions that && settings.equals(that.settings) && binaryLog == that.binaryLog;
    }

    @Override
    public int hashCode() {
        return 31 * settings.hashCode() + binaryLog.hashCode();
    }

    /** The settings on one line. */
    @Override
    public String toString() {
        return Stream.concat(
                        Stream.of("binary log " + binaryLog),
                        settings.stream().map(one -> one.name() + "=" + one.value()))
                .collect(Collectors.joining(", "));
    }
}
