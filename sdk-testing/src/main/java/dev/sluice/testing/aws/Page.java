// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import java.util.List;
import java.util.function.Function;

/** One page of a list: {@code MaxRecords} of 20 to 100, by default 100, and a {@code Marker} where the next one begins. */
final class Page {
    private static final int LARGEST = 100;
    private static final int SMALLEST = 20;
    private static final String MARK = "from-";

    private Page() {}

    static <T> void write(Ask ask, Xml result, String list, List<T> all, Function<? super T, Xml> item) {
        int size = ask.number("MaxRecords").orElse(LARGEST);
        if (size < SMALLEST || size > LARGEST) {
            throw ApiRefusal.value("Invalid value " + size + " for MaxRecords. Must be between 20 and 100");
        }
        int from = Math.min(start(ask), all.size());
        int to = Math.min(from + size, all.size());
        if (to < all.size()) {
            result.with("Marker", MARK + to);
        }
        result.list(list, all.subList(from, to), item);
    }

    private static int start(Ask ask) {
        String marker = ask.text("Marker").filter(given -> !given.isEmpty()).orElse(MARK + 0);
        if (!marker.matches(MARK + "[0-9]{1,9}")) {
            throw ApiRefusal.value("Invalid Marker");
        }
        return Integer.parseInt(marker.substring(MARK.length()));
    }
}
