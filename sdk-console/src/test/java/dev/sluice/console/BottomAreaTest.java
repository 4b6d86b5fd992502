// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BottomAreaTest {
    private final Screen screen = new Screen(60, 12);
    private final BottomArea area = new BottomArea(screen::write);

    @Test
    void linesOfOthersScrollAboveTheBars() {
        print(0, 5);
        area.show(List.of("bar 1", "bar 2"), screen.size());
        print(5, 30);
        area.show(List.of("bar 3", "bar 4"), screen.size());
        print(30, 40);

        assertThat(screen.shown()).endsWith("line 39", "", "bar 3", "bar 4");
        assertThat(screen.all())
                .containsSubsequence(lines(0, 40))
                .filteredOn(text -> text.startsWith("line"))
                .hasSize(40);
    }

    @Test
    void aLineThatIsWrittenPieceByPieceStaysOne() {
        print(0, 20);
        screen.write("half a li");
        area.show(List.of("bar"), screen.size());
        screen.write("ne of an");
        area.show(List.of("bar", "table", "table"), screen.size());
        screen.write("other\n");
        area.show(List.of("bar"), screen.size());

        assertThat(screen.all()).contains("half a line of another");
    }

    @Test
    void theRoomIsGivenBackAndOutputGoesOnWhereItWas() {
        print(0, 3);
        area.show(List.of("bar", "table"), screen.size());
        print(3, 4);
        area.end();
        print(4, 5);

        assertThat(screen.shown()).startsWith(lines(0, 5).toArray(String[]::new));
        assertThat(screen.shown().subList(5, 12)).containsOnly("");
    }

    @Test
    void roomIsKeptUntilThereIsOneLine() {
        area.show(List.of("bar", "a", "b", "c"), screen.size());
        area.show(List.of("bar", "a"), screen.size());
        assertThat(screen.shown()).endsWith("bar", "a", "", "");

        area.show(List.of("bar"), screen.size());
        print(0, 11);
        assertThat(screen.shown()).startsWith("line 1").endsWith("line 10", "", "bar");
    }

    @ParameterizedTest
    @CsvSource({"60, 20", "60, 10", "100, 12", "45, 40", "40, 10"})
    void aResizedWindowShowsTheBarsOnce(int columns, int rows) {
        print(0, 30);
        area.show(List.of("bar 1", "table 1", "table 2"), screen.size());
        print(30, 33);
        screen.resize(columns, rows);
        area.show(List.of("bar 2", "table 3", "table 4"), screen.size());
        print(33, 36);
        area.show(List.of("bar 5", "table 6", "table 7"), screen.size());

        assertThat(screen.shown()).endsWith("bar 5", "table 6", "table 7");
        assertThat(screen.shown())
                .filteredOn(text -> text.startsWith("bar") || text.startsWith("table"))
                .hasSize(3);
        assertThat(screen.all())
                .containsSubsequence(lines(0, 36))
                .filteredOn(text -> text.startsWith("line"))
                .hasSize(36);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void whateverComesBetweenNoLineIsLostOrBroken(long seed) {
        Random random = new Random(seed);
        List<String> printed = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            int what = random.nextInt(10);
            if (what == 0) {
                area.end();
            } else if (what < 5) {
                area.show(
                        IntStream.rangeClosed(0, random.nextInt(4))
                                .mapToObj(n -> "bar " + n)
                                .toList(),
                        screen.size());
            } else {
                String line = "line " + i + " of " + seed;
                int half = random.nextInt(line.length());
                screen.write(line.substring(0, half));
                area.show(List.of("bar 0"), screen.size());
                screen.write(line.substring(half) + "\n");
                printed.add(line);
            }
        }
        area.end();

        assertThat(screen.all()).filteredOn(text -> !text.isEmpty()).isEqualTo(printed);
    }

    @Test
    void eachChangeIsOneText() {
        List<String> frames = new ArrayList<>();
        BottomArea counted = new BottomArea(frames::add);
        counted.show(List.of("bar", "table"), new TerminalSize(80, 24));
        counted.show(List.of("bar", "table"), new TerminalSize(80, 30));
        counted.end();
        counted.end();

        assertThat(frames).hasSize(3).allMatch(frame -> !frame.contains("\n"));
    }

    private void print(int from, int to) {
        lines(from, to).forEach(line -> screen.write(line + "\n"));
    }

    private static List<String> lines(int from, int to) {
        return IntStream.range(from, to).mapToObj(number -> "line " + number).toList();
    }
}
