// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The dashboard and the alert rules name no metric and no label that a scrape does not have. */
class MonitoringFilesTest {
    private static final Path FOLDER = Path.of("..", "docs", "monitoring");
    private static final Pattern METRIC = Pattern.compile("\\b(sluice_\\w+)(?:\\{([^}]*)})?");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)");
    private static final Pattern AGGREGATION =
            Pattern.compile("by \\(([\\w, ]+)\\) \\((?:increase|rate)?\\(?(sluice_\\w+)");

    private static Scrape scrape;

    @BeforeAll
    static void run() throws Exception {
        scrape = Scrape.ofAMockRun();
    }

    /** All values of these fields, wherever they stand. */
    private static List<String> fields(String json, Set<String> names) throws IOException {
        List<String> values = new ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING && names.contains(String.valueOf(parser.currentName()))) {
                    values.add(parser.getText());
                }
            }
        }
        return values;
    }

    private static List<String> dashboard() throws IOException {
        return fields(
                Files.readString(FOLDER.resolve("grafana-dashboard.json")), Set.of("expr", "query", "definition"));
    }

    private static List<Map<String, Object>> rules() throws IOException {
        Object file = new Yaml(new SafeConstructor(new LoaderOptions()))
                .load(Files.readString(FOLDER.resolve("prometheus-alerts.yaml")));
        return list(map(file).get("groups")).stream()
                .flatMap(group -> list(map(group).get("rules")).stream())
                .map(MonitoringFilesTest::map)
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object yaml) {
        assertThat(yaml).isInstanceOf(Map.class);
        return (Map<String, Object>) yaml;
    }

    private static List<?> list(Object yaml) {
        assertThat(yaml).isInstanceOf(List.class);
        return (List<?>) yaml;
    }

    private static void isScraped(String expression) {
        Matcher metric = METRIC.matcher(expression);
        while (metric.find()) {
            String name = metric.group(1);
            assertThat(scrape.labels()).as(expression).containsKey(name);
            Set<String> labels = scrape.labels().get(name);
            if (metric.group(2) != null) {
                MATCHER.matcher(metric.group(2))
                        .results()
                        .forEach(label -> assertThat(labels).as(expression).contains(label.group(1)));
            }
        }
        Matcher sum = AGGREGATION.matcher(expression);
        while (sum.find()) {
            assertThat(scrape.labels().get(sum.group(2)))
                    .as(expression)
                    .contains(sum.group(1).split(", "));
        }
    }

    @Test
    void theDashboardShowsWhatIsScraped() throws IOException {
        List<String> expressions = dashboard();

        assertThat(expressions).hasSizeGreaterThan(20);
        expressions.forEach(MonitoringFilesTest::isScraped);
    }

    /** But for parts of timers: whoever adds a metric decides where it is seen. */
    @Test
    void everyMetricIsOnTheDashboard() throws IOException {
        String all = String.join("\n", dashboard());
        Set<String> missing = new TreeSet<>(scrape.labels().keySet());
        missing.removeIf(name -> all.contains(name.replaceAll("_(count|sum|max)$", "")));

        assertThat(missing).isEmpty();
    }

    @Test
    void theAlertsWatchWhatIsScraped() throws IOException {
        List<Map<String, Object>> rules = rules();

        assertThat(rules).hasSizeGreaterThan(5);
        for (Map<String, Object> rule : rules) {
            assertThat(rule.get("alert")).asString().startsWith("Sluice");
            assertThat(map(rule.get("labels")).get("severity")).isIn("critical", "warning");
            assertThat(map(rule.get("annotations"))).containsKeys("summary", "description");
            String expression = String.valueOf(rule.get("expr"));
            assertThat(expression).contains("sluice_");
            isScraped(expression);
            labelsAreThere(rule, expression);
        }
    }

    /** A summary that names a label which the expression has summed away would be blank there. */
    private static void labelsAreThere(Map<String, Object> rule, String expression) {
        Matcher label = Pattern.compile("\\$labels\\.(\\w+)")
                .matcher(rule.get("annotations").toString());
        while (label.find()) {
            assertThat(expression).containsPattern("by \\([^)]*\\b" + label.group(1) + "\\b");
        }
    }

    /** The comparison itself can fail. */
    @Test
    void aMetricOrALabelThatIsNotThereIsFound() {
        for (String wrong : List.of(
                "sum(sluice_copy_rows)",
                "sluice_copy_rows_total{table=\"a\"}",
                "sum by (run) (increase(sluice_retries_total[5m]))")) {
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> isScraped(wrong))
                    .as(wrong)
                    .isInstanceOf(AssertionError.class);
        }
    }
}
