// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.report;

import dev.sluice.api.document.Document;
import dev.sluice.core.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The evidence of one run: what was planned, found, done and compared, when, and how long it took. Holds no secret: it is made of events and
 * explanations, which have none. Immutable and thread-safe.
 */
public final class RunReport {
    /** The version of the JSON's form. Later versions may add members; those that are there keep their meaning within one version. */
    public static final int FORMAT = 1;

    private final Document document;

    RunReport(Document document) {
        this.document = document;
    }

    /**
     * From its JSON.
     *
     * @throws IllegalArgumentException if it is not a report's, or of a later version
     */
    public static RunReport fromJson(String json) {
        Document document = Json.read(json);
        if (!document.has("report") || document.number("report") != FORMAT) {
            throw new IllegalArgumentException("Not the report of a run, version " + FORMAT);
        }
        return new RunReport(document);
    }

    /** Everything, as a tree. */
    public Document document() {
        return document;
    }

    /** Everything, for programs and for keeping. Times are of this JVM's clock in UTC, durations in milliseconds. */
    public String toJson() {
        return Json.writePretty(document);
    }

    /** One page that needs nothing from anywhere, made from {@link #document()} alone: on screens of any width, printed, light or dark. */
    public String toHtml() {
        return new ReportPage(document).render();
    }

    /**
     * Writes {@code <run>.json} and {@code <run>.html} into a folder, which is made if it is not there; what an earlier report of this run has
     * left is replaced. Who opens either meanwhile sees the old or the new one, never half of one.
     *
     * @return the page
     * @throws IOException if that fails
     */
    public Path writeTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        String name = document.findText("run").orElse("run");
        write(folder, name + ".json", toJson());
        return write(folder, name + ".html", toHtml());
    }

    private static Path write(Path folder, String name, String text) throws IOException {
        Path whole = folder.resolve(name);
        Path part = Files.createTempFile(folder, name, ".part");
        Files.writeString(part, text, StandardCharsets.UTF_8);
        return Files.move(part, whole, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
