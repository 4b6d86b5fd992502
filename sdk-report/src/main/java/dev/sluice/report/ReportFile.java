// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run's report in a folder. What is there of the same run, by other processes, becomes part of what is written; what is there and cannot be
 * that, is left as it is, and the report is written beside it. Not thread-safe.
 */
final class ReportFile {
    private static final Logger log = LoggerFactory.getLogger(ReportFile.class);

    private final Path folder;
    private final Set<String> leftAlone = new HashSet<>();

    ReportFile(Path folder) {
        this.folder = folder;
    }

    /** Returns the page. */
    Path write(RunReport report) throws IOException {
        Files.createDirectories(folder);
        String run = report.document().findText("run").orElse("run");
        String name = run;
        Optional<RunReport> whole = whole(report, name);
        for (int next = 2; whole.isEmpty(); next++) {
            name = run + "-" + next;
            whole = whole(report, name);
        }
        write(name + ".json", whole.get().toJson());
        return write(name + ".html", whole.get().toHtml());
    }

    /** With what is there under this name; empty if that is somebody else's, or nobody can read it. */
    private Optional<RunReport> whole(RunReport report, String name) {
        if (leftAlone.contains(name)) {
            return Optional.empty();
        }
        Path json = folder.resolve(name + ".json");
        if (isFree(json) && isFree(folder.resolve(name + ".html"))) {
            return Optional.of(report);
        }
        try {
            RunReport whole = report.after(RunReport.fromJson(Files.readString(json)));
            // What cannot be shown is damaged as well, and nobody would see a page again.
            whole.toHtml();
            return Optional.of(whole);
        } catch (IOException | RuntimeException unusable) {
            leaveAlone(name, json, unusable);
            return Optional.empty();
        }
    }

    private static boolean isFree(Path file) {
        return Files.notExists(file, LinkOption.NOFOLLOW_LINKS);
    }

    private void leaveAlone(String name, Path json, Exception why) {
        leftAlone.add(name);
        log.atWarn()
                .addKeyValue("file", json)
                .setCause(why)
                .log(
                        "What is there is no report that this run's can go on from. It is left as it is, and the report is written beside it.");
    }

    private Path write(String name, String text) throws IOException {
        Path whole = folder.resolve(name);
        Path part = Files.createTempFile(folder, name, ".part");
        Files.writeString(part, text, StandardCharsets.UTF_8);
        return Files.move(part, whole, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
