// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify.structure;

import java.util.List;

/** What stands in parentheses. Immutable. */
record Group(List<Term> terms) implements Term {
    Group {
        terms = List.copyOf(terms);
    }

    @Override
    public void writeTo(StringBuilder into) {
        into.append("( ");
        terms.forEach(term -> term.writeTo(into));
        into.append(") ");
    }
}
