// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One call as an action reads it.
 *
 * @param region whose resources it is about
 * @param action its name
 * @param parameters as they came, by flat names
 */
record Ask(ApiRegion region, String action, Map<String, String> parameters) {
    Optional<String> text(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    String required(String name) {
        return text(name).orElseThrow(() -> ApiRefusal.of("MissingParameter", "The request must contain " + name));
    }

    /** An identifier, in lower case as RDS keeps them. */
    Optional<String> identifier(String name) {
        return text(name).map(id -> id.toLowerCase(Locale.ROOT));
    }

    String requiredIdentifier(String name) {
        return required(name).toLowerCase(Locale.ROOT);
    }

    /** The identifier of something new. */
    String newIdentifier(String name) {
        String id = requiredIdentifier(name);
        if (!id.matches("[a-z](-?[a-z0-9])*") || id.length() > 63) {
            throw ApiRefusal.value("The parameter " + name + " is not a valid identifier: " + id);
        }
        return id;
    }

    Optional<Integer> number(String name) {
        return text(name).map(value -> number(name, value));
    }

    private static int number(String name, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException notOne) {
            throw ApiRefusal.value(name + " is no number: " + value);
        }
    }

    boolean flag(String name) {
        return text(name).map(Boolean::parseBoolean).orElse(false);
    }

    /** The values of a list, by the name of its members without their numbers. */
    List<String> list(String member) {
        TreeMap<Integer, String> ordered = new TreeMap<>();
        parameters.forEach((name, value) -> {
            if (name.startsWith(member + ".")) {
                ordered.put(number(name, name.substring(member.length() + 1)), value);
            }
        });
        return new ArrayList<>(ordered.values());
    }

    /** The members of a list of structures, each by the names of its fields. */
    List<Map<String, String>> structures(String member) {
        TreeMap<Integer, Map<String, String>> ordered = new TreeMap<>();
        parameters.forEach((name, value) -> {
            if (name.startsWith(member + ".")) {
                String[] rest = name.substring(member.length() + 1).split("\\.", 2);
                if (rest.length == 2) {
                    ordered.computeIfAbsent(number(name, rest[0]), absent -> new TreeMap<>())
                            .put(rest[1], value);
                }
            }
        });
        return new ArrayList<>(ordered.values());
    }

    Map<String, String> tags() {
        Map<String, String> tags = new LinkedHashMap<>();
        structures("Tags.Tag").forEach(tag -> tags.put(tag.getOrDefault("Key", ""), tag.getOrDefault("Value", "")));
        return tags;
    }
}
