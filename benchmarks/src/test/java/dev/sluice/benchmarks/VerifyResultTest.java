// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerifyResultTest {
    private static VerifyResult result(Map<String, List<Double>> seconds) {
        return new VerifyResult(new NarrowRows(1000), 10, seconds, Map.of("Sluice", "fast"), Map.of());
    }

    @Test
    void ratiosAreOfMedians() {
        VerifyResult result =
                result(Map.of("Sluice", List.of(2.0, 9.0, 1.0), "pt-table-checksum", List.of(6.0, 5.0, 50.0)));

        assertThat(result.ratios())
                .containsExactly(Map.entry("vs_pt_table_checksum", 3.0), Map.entry("share_of_copy", 0.2));
    }

    @Test
    void whoIsMissingHasNoRatio() {
        assertThat(result(Map.of("Sluice", List.of(5.0))).ratios()).containsExactly(Map.entry("share_of_copy", 0.5));
    }

    @Test
    void ratiosStandInTheReport() throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            VerifyResult.write(
                    json, List.of(result(Map.of("Sluice", List.of(1.0), "pt-table-checksum", List.of(2.0)))));
            json.writeEndObject();
        }

        assertThat(text.toString())
                .contains("\"vs_pt_table_checksum\":2.0", "\"share_of_copy\":0.1", "\"copy_seconds\":10.0");
    }
}
