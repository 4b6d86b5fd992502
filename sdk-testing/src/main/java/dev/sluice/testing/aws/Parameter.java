// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import java.util.List;
import java.util.Optional;

/**
 * What a family says of one parameter.
 *
 * @param name as the API spells it
 * @param type {@code string}, {@code integer} or {@code boolean}
 * @param dynamic whether a change can count without a reboot
 * @param modifiable whether it can be changed at all
 * @param allowed the values that it takes; empty for any
 * @param value its value in the default group, if it has one there
 */
record Parameter(
        String name, String type, boolean dynamic, boolean modifiable, List<String> allowed, Optional<String> value) {
    private static final int LONGEST_FILTER = 2000;

    /**
     * From its line in the list.
     *
     * @param fields without kind and versions
     */
    static Parameter of(List<String> fields) {
        return new Parameter(
                fields.get(0),
                fields.get(1),
                fields.get(2).equals("dynamic"),
                fields.get(3).equals("yes"),
                fields.get(4).equals("-") ? List.of() : List.of(fields.get(4).split(",")),
                fields.get(5).equals("-") ? Optional.empty() : Optional.of(fields.get(5)));
    }

    Parameter asStatic() {
        return new Parameter(name, type, false, modifiable, allowed, value);
    }

    String applyType() {
        return dynamic ? "dynamic" : "static";
    }

    /** Refuses what cannot be set. */
    void check(String wanted, boolean immediately) {
        if (!modifiable) {
            throw ApiRefusal.value("The parameter " + name + " cannot be modified.");
        }
        if (immediately && !dynamic) {
            throw ApiRefusal.combination("cannot use immediate apply method for static parameter " + name);
        }
        if (!allowed.isEmpty() && !allowed.contains(wanted)) {
            throw ApiRefusal.value("Invalid parameter value: " + wanted + " for: " + name + " allowed values are: "
                    + String.join(",", allowed));
        }
        if (name.startsWith("replicate-") && wanted.length() > LONGEST_FILTER) {
            throw ApiRefusal.value("The value of " + name + " is longer than " + LONGEST_FILTER + " characters");
        }
    }
}
