// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.rds;

/**
 * A variable that shows what AWS has set, not what the server below has.
 *
 * @param name as the server spells it
 * @param shown what {@code SHOW VARIABLES} says
 * @param literal what {@code @@name} is, as a literal of ASCII
 */
record FixedVariable(String name, String shown, String literal) {
    static FixedVariable text(String name, String value) {
        return new FixedVariable(name, value, "'" + value + "'");
    }

    static FixedVariable number(String name, int value) {
        return new FixedVariable(name, Integer.toString(value), Integer.toString(value));
    }

    static FixedVariable flag(String name, boolean on) {
        return new FixedVariable(name, on ? "ON" : "OFF", on ? "1" : "0");
    }
}
