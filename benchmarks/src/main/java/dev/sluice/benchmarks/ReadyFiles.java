// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import dev.sluice.testservers.MySqlServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** All tables of the source in files of the server's own format, those of one data set at a time. Not thread-safe. */
final class ReadyFiles implements AutoCloseable {
    private static final int NONE = -1;

    private final Path folder;
    private final List<Ready> files = new ArrayList<>();
    private int madeOf = NONE;

    /** The rows of one table. */
    record Ready(String table, Path file, long bytes, TableText text) {}

    private ReadyFiles(Path folder) {
        this.folder = folder;
    }

    static ReadyFiles none() throws IOException {
        return new ReadyFiles(Programs.scratch());
    }

    /** Makes those of the data set that the source holds now, unless they are there. */
    void make(BenchServers servers) throws IOException {
        if (madeOf != servers.fills()) {
            forget();
            write(servers.source());
            files.sort(Comparator.comparingLong(Ready::bytes).reversed());
            madeOf = servers.fills();
        }
    }

    /** The biggest first. */
    List<Ready> all() {
        return List.copyOf(files);
    }

    private void forget() throws IOException {
        madeOf = NONE;
        for (Ready old : files) {
            Files.delete(old.file());
        }
        files.clear();
    }

    private void write(MySqlServer source) throws IOException {
        for (List<?> row : source.query("SELECT table_name FROM information_schema.tables WHERE table_schema = '"
                + BenchCommand.DATABASE + "' ORDER BY table_name")) {
            String table = String.valueOf(row.get(0));
            String name = BenchCommand.DATABASE + "." + table;
            Path file = folder.resolve(table);
            String create = String.valueOf(
                    source.query("SHOW CREATE TABLE " + name).get(0).get(1));
            source.execute("SELECT * INTO OUTFILE '" + file + "' CHARACTER SET binary FROM " + name);
            files.add(new Ready(table, file, Files.size(file), TableText.of(create)));
        }
    }

    @Override
    public void close() {
        Programs.delete(folder);
    }
}
