// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What comparing one data set took.
 *
 * @param data what was compared
 * @param copySeconds what copying it took with the SDK, right before
 * @param seconds of each turn, by who compared; the SDK comes first
 * @param how each was called
 * @param missing why somebody could not take part
 */
record VerifyResult(
        DataSet data,
        double copySeconds,
        Map<String, List<Double>> seconds,
        Map<String, String> how,
        Map<String, String> missing) {
    static final String SDK = "Sluice";
    static final String PEER = "pt-table-checksum";

    /** How many times as fast as the peer the SDK is, and its time in terms of the copy's. */
    Map<String, Double> ratios() {
        Map<String, Double> ratios = new LinkedHashMap<>();
        double sdk = median(SDK);
        if (seconds.containsKey(PEER)) {
            ratios.put("vs_pt_table_checksum", median(PEER) / sdk);
        }
        ratios.put("share_of_copy", sdk / copySeconds);
        return ratios;
    }

    private double median(String name) {
        return Numbers.median(seconds.getOrDefault(name, List.of()));
    }

    void print(PrintStream out) {
        out.println();
        out.println(data.name() + ": " + data.description() + "; medians");
        out.printf(Locale.ROOT, "%-21s %9s%n", "", "seconds");
        out.printf(Locale.ROOT, "%-21s %9.2f%n", "copy", copySeconds);
        seconds.keySet().forEach(name -> out.printf(Locale.ROOT, "%-21s %9.2f%n", name, median(name)));
        ratios().forEach((name, ratio) -> out.printf(Locale.ROOT, "%-21s %.2f%n", name, ratio));
        how.forEach((name, text) -> out.println("  " + name + ": " + text));
    }

    static void write(JsonGenerator json, List<VerifyResult> results) throws IOException {
        json.writeArrayFieldStart("sets");
        for (VerifyResult result : results) {
            result.write(json);
        }
        json.writeEndArray();
    }

    private void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("set", data.name());
        json.writeStringField("description", data.description());
        json.writeNumberField("copy_seconds", copySeconds);
        BenchReport.numbers(json, ratios());
        BenchReport.texts(json, "missing", missing);
        json.writeArrayFieldStart("contenders");
        for (Map.Entry<String, List<Double>> one : seconds.entrySet()) {
            json.writeStartObject();
            json.writeStringField("name", one.getKey());
            json.writeStringField("how", how.getOrDefault(one.getKey(), ""));
            json.writeNumberField("median_seconds", median(one.getKey()));
            json.writeArrayFieldStart("turns");
            for (double turn : one.getValue()) {
                json.writeNumber(turn);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
