// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify.structure;

import java.util.ArrayList;
import java.util.List;

/**
 * Leaves out parentheses without which an expression means the same, as versions put them in other places. Where that is not known for sure,
 * they stay. Thread-safe: no state.
 */
final class Parentheses {
    private Parentheses() {}

    static List<Term> withoutNeedless(List<Term> terms) {
        Binding around = new Binding(terms);
        List<Term> kept = new ArrayList<>();
        for (int i = 0; i < terms.size(); i++) {
            if (terms.get(i) instanceof Group group) {
                List<Term> inner = withoutNeedless(group.terms());
                if (isNeedless(inner, around.before(i, terms), around.after(i, terms))) {
                    kept.addAll(inner);
                } else {
                    kept.add(new Group(inner));
                }
            } else {
                kept.add(terms.get(i));
            }
        }
        return kept;
    }

    /** Whether what is within binds more tightly than what is around it; operators of one kind are done from left to right. */
    private static boolean isNeedless(List<Term> inner, int before, int after) {
        int within = new Binding(inner).weakest(inner);
        if (within == Binding.UNKNOWN || before == Binding.UNKNOWN || after == Binding.UNKNOWN) {
            return false;
        }
        boolean holdsOnTheLeft = within > before || (within == before && within <= Binding.AND);
        return holdsOnTheLeft && within >= after;
    }
}
