// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.spi.Row;
import dev.sluice.core.mysql.Dialect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LogListTest {
    private static final String LIST = "SHOW BINARY LOGS";

    private final LogList list = new LogList();
    private final List<String> asked = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private String current = "log.2";

    private Optional<Map<String, Long>> news() {
        return list.news(this::answer, Dialect.of(ServerVersion.of(8, 0, 31)), now);
    }

    private List<Row> answer(String sql) {
        asked.add(sql);
        if (!sql.equals(LIST)) {
            return current.isEmpty() ? List.of() : List.of(Row.of(Map.of("File", current, "Position", "157")));
        }
        return List.of(
                Row.of(Map.of("Log_name", "log.1", "File_size", "500")),
                Row.of(Map.of("Log_name", current, "File_size", "157")));
    }

    private long lists() {
        return asked.stream().filter(LIST::equals).count();
    }

    /** A run of an hour looks 360 times. */
    @Test
    void logsAreListedOnceAFileAndSeldomOtherwise() {
        for (int look = 0; look < 360; look++) {
            news();
            now = now.plus(BinlogWatch.EVERY);
        }
        assertThat(lists()).isEqualTo(12);

        current = "log.3";
        assertThat(news()).contains(Map.of("log.1", 500L, "log.3", 157L));
        now = now.plus(BinlogWatch.EVERY);
        assertThat(news()).isEmpty();
        assertThat(lists()).isEqualTo(13);
    }

    @Test
    void whatIsRemovedWithoutANewFileIsSeenAfterSomeMinutes() {
        assertThat(news()).isPresent();
        now = now.plus(LogList.SELDOM).minusMillis(1);
        assertThat(news()).isEmpty();
        now = now.plusMillis(1);
        assertThat(news()).isPresent();
    }

    @Test
    void aServerThatWritesNoLogIsNotAskedForAList() {
        current = "";
        assertThat(news()).isEmpty();
        assertThat(lists()).isZero();
    }
}
