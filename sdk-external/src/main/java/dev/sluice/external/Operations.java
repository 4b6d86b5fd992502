// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.operation.Operation;
import java.util.List;
import java.util.stream.Stream;

/** Puts operations in order. */
final class Operations {
    private Operations() {}

    static List<Operation> and(List<? extends Operation> first, Operation last) {
        return Stream.concat(first.stream(), Stream.of(last))
                .map(Operation.class::cast)
                .toList();
    }

    static List<Operation> after(Operation first, List<? extends Operation> rest) {
        return Stream.concat(Stream.of(first), rest.stream())
                .map(Operation.class::cast)
                .toList();
    }
}
