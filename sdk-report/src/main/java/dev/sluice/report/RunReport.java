// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.report;

import dev.sluice.api.document.Document;
import dev.sluice.core.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

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
     * The same with what another report of this run tells put before it.
     *
     * @throws IllegalArgumentException if that is of another run or plan
     */
    RunReport after(RunReport found) {
        if (!found.run().equals(run()) || !found.fingerprint().equals(fingerprint())) {
            throw new IllegalArgumentException(
                    "The report is of run " + found.run().orElse("(none)") + ", plan " + found.fingerprint()
                            + ", and not of " + run().orElse("(none)") + ", plan " + fingerprint());
        }
        return new RunReport(Part.join(document, found.document));
    }

    private Optional<String> run() {
        return document.findText("run");
    }

    private String fingerprint() {
        return document.document("plan").document("explanation").text("fingerprint");
    }

    /**
     * Writes {@code <run>.json} and {@code <run>.html} into a folder, which is made if it is not there. What other processes have told of this run
     * in that folder is {@code earlier} of what is written, and what an earlier report of this one has left is replaced. If a file of
     * that name is something else, damaged, or of a later version, it is left as it is, the log says so, and the names are {@code <run>-2} and so
     * on. Who opens either file meanwhile sees the old or the new one, never half of one.
     *
     * @return the page
     * @throws IOException if that fails
     */
    public Path writeTo(Path folder) throws IOException {
        return new ReportFile(folder).write(this);
    }
}
