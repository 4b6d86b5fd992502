// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes results as JSON. */
final class BenchReport {
    private BenchReport() {}

    /** What stands in a report beside machine and settings. */
    @FunctionalInterface
    interface Results {
        void write(JsonGenerator json) throws IOException;
    }

    static void write(Path file, Map<String, String> machine, Map<String, String> settings, Results results)
            throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        try (JsonGenerator json = new JsonFactory().createGenerator(Files.newBufferedWriter(file))) {
            json.setPrettyPrinter(new DefaultPrettyPrinter());
            json.writeStartObject();
            texts(json, "machine", machine);
            texts(json, "settings", settings);
            results.write(json);
            json.writeEndObject();
        }
    }

    static void texts(JsonGenerator json, String name, Map<String, String> values) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, String> value : values.entrySet()) {
            json.writeStringField(value.getKey(), value.getValue());
        }
        json.writeEndObject();
    }

    static void races(JsonGenerator json, List<RaceResult> results) throws IOException {
        json.writeArrayFieldStart("sets");
        for (RaceResult result : results) {
            json.writeStartObject();
            json.writeStringField("set", result.name());
            json.writeStringField("description", result.description());
            numbers(json, result.ratios());
            texts(json, "missing", result.missing());
            json.writeArrayFieldStart("contenders");
            for (Map.Entry<Contender, List<Turn>> contender : result.turns().entrySet()) {
                contender(json, result, contender.getKey(), contender.getValue());
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void contender(JsonGenerator json, RaceResult result, Contender contender, List<Turn> turns)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("name", contender.name());
        json.writeStringField("role", contender.role().name());
        json.writeStringField("how", contender.how());
        json.writeNumberField("median_seconds", result.median(contender, Turn::seconds));
        json.writeArrayFieldStart("turns");
        for (Turn turn : turns) {
            json.writeStartObject();
            json.writeNumberField("seconds", turn.seconds());
            json.writeNumberField("program_seconds", turn.programSeconds());
            json.writeNumberField("cpu_programs", turn.cpu().programs());
            json.writeNumberField("cpu_source", turn.cpu().source());
            json.writeNumberField("cpu_replica", turn.cpu().replica());
            json.writeNumberField("statements_source", turn.statements().source());
            json.writeNumberField("statements_replica", turn.statements().replica());
            json.writeNumberField("replica_binlog_bytes", turn.replicaBinlogBytes());
            json.writeObjectFieldStart("own_figures");
            numbers(json, turn.figures());
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    static void numbers(JsonGenerator json, Map<String, Double> values) throws IOException {
        for (Map.Entry<String, Double> value : values.entrySet()) {
            json.writeNumberField(value.getKey(), value.getValue());
        }
    }
}
