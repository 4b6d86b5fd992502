// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.console;

import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** All runs that go on, as lines that stay and, where a terminal has room for them, bars below. Not thread-safe. */
final class Display {
    private static final int MOST_LINES = 9;

    private final Consumer<String> out;
    private final BottomArea area;
    private final Map<RunId, RunView> runs = new LinkedHashMap<>();

    /** Each text that is handed out is to be written at once. */
    Display(Consumer<String> out) {
        this.out = out;
        this.area = new BottomArea(out);
    }

    boolean isIdle() {
        return runs.isEmpty();
    }

    void hear(RunEvent event, Instant now) {
        RunView view = runs.getOrDefault(event.run(), new RunView(event.run(), now));
        List<String> lines = EventText.of(event, view, now);
        view.hear(event, now);
        if (event instanceof RunEvent.RunFinished) {
            runs.remove(event.run());
        } else if (!(event instanceof RunEvent.RunLeft)) {
            runs.put(event.run(), view);
        }
        if (runs.isEmpty()) {
            area.end();
        }
        print(lines.stream().map(line -> mark(event.run()) + line).toList());
    }

    /** Shows where everything stands, as time goes by; without a size of a window by plain lines. */
    void tick(Optional<TerminalSize> window, Instant now) {
        Optional<TerminalSize> size = window.filter(TerminalSize::hasRoomForBars);
        if (size.isPresent() && !runs.isEmpty()) {
            area.show(bars(size.get(), now), size.get());
            return;
        }
        area.end();
        List<String> lines = new ArrayList<>();
        runs.values()
                .forEach(view ->
                        view.dueLine(now).map(line -> mark(view.run()) + line).ifPresent(lines::add));
        print(lines);
    }

    void end() {
        area.end();
    }

    private List<String> bars(TerminalSize size, Instant now) {
        int most = Math.min(MOST_LINES, size.rows() / 3);
        List<String> lines = new ArrayList<>();
        for (RunView view : runs.values()) {
            List<String> bars = view.lines(size.columns(), runs.size() == 1 ? most : 1);
            lines.addAll(bars.isEmpty() ? List.of(cut(mark(view.run()) + view.status(now), size.columns())) : bars);
        }
        return lines.subList(0, Math.min(most, lines.size()));
    }

    private static String cut(String text, int columns) {
        String plain = Printable.line(text);
        int length = plain.codePointCount(0, plain.length());
        return length < columns ? plain : plain.substring(0, plain.offsetByCodePoints(0, columns - 3)) + "..";
    }

    /** Only where several runs go on side by side. */
    private String mark(RunId run) {
        return runs.size() > 1 ? run + " " : "";
    }

    private void print(List<String> lines) {
        if (!lines.isEmpty()) {
            out.accept(String.join("\n", lines) + "\n");
        }
    }
}
