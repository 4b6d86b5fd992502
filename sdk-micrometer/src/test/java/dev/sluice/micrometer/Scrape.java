// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.micrometer;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Prometheus is told of a mock run.
 *
 * @param text as it is sent
 * @param labels the names of the labels of each sample
 */
record Scrape(String text, Map<String, Set<String>> labels) {
    private static final Pattern SAMPLE = Pattern.compile("^(sluice_\\w+)(\\{(.*)})? ", Pattern.MULTILINE);
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

    static Scrape ofAMockRun() throws InterruptedException, ExecutionException {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (SluiceMetrics metrics = MockRun.in(registry)) {
            return of(registry.scrape());
        }
    }

    private static Scrape of(String text) {
        Map<String, Set<String>> labels = new TreeMap<>();
        Matcher sample = SAMPLE.matcher(text);
        while (sample.find()) {
            Set<String> names = labels.computeIfAbsent(sample.group(1), absent -> new TreeSet<>());
            if (sample.group(3) != null) {
                Matcher label = LABEL.matcher(sample.group(3));
                while (label.find()) {
                    names.add(label.group(1));
                }
            }
        }
        return new Scrape(text, labels);
    }
}
