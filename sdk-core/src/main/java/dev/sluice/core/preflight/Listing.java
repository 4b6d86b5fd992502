// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import java.util.Collection;
import java.util.stream.Collectors;

/** Long lists in messages: the first of them, and how many more there are. */
final class Listing {
    private static final int SHOWN = 20;

    private Listing() {}

    static String of(Collection<?> items) {
        return of(items, ", ");
    }

    static String of(Collection<?> items, String separator) {
        String shown = items.stream().limit(SHOWN).map(Object::toString).collect(Collectors.joining(separator));
        return items.size() <= SHOWN ? shown : shown + separator + "and " + (items.size() - SHOWN) + " more";
    }
}
