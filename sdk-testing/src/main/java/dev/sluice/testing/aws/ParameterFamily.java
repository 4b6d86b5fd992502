// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** The parameters that groups of one family have. Immutable. */
final class ParameterFamily {
    private static final List<String> MYSQL = List.of("mysql5.7", "mysql8.0", "mysql8.4");
    private static final List<String> AURORA = List.of("aurora-mysql5.7", "aurora-mysql8.0", "aurora-mysql8.4");

    private final String name;
    private final Map<String, Parameter> parameters;

    private ParameterFamily(String name, Map<String, Parameter> parameters) {
        this.name = name;
        this.parameters = parameters;
    }

    static ParameterFamily of(GroupKind kind, String name, World world) {
        boolean known = AURORA.contains(name) || (kind == GroupKind.INSTANCE && MYSQL.contains(name));
        if (!known) {
            throw ApiRefusal.value("ParameterGroupFamily " + name + " is not a valid parameter group family");
        }
        String version = name.substring(name.indexOf("mysql") + "mysql".length());
        Map<String, Parameter> parameters = new TreeMap<>();
        lines().filter(fields -> fields.get(0).equals(kind.list(name)))
                .filter(fields -> fields.get(1).equals("*")
                        || Arrays.asList(fields.get(1).split(",")).contains(version))
                .map(fields -> Parameter.of(fields.subList(2, fields.size())))
                .map(parameter -> world.is(Unsure.RDS_BINLOG_FORMAT_IS_STATIC)
                                && parameter.name().equals("binlog_format")
                        ? parameter.asStatic()
                        : parameter)
                .forEach(parameter -> parameters.put(parameter.name(), parameter));
        return new ParameterFamily(name, parameters);
    }

    /** The family of an engine's version: {@code 8.0.36} or {@code 8.0.mysql_aurora.3.08.0}. */
    static String nameFor(String engine, String engineVersion) {
        String[] parts = engineVersion.split("\\.");
        if (parts.length < 2) {
            throw ApiRefusal.value("Invalid engine version " + engineVersion);
        }
        return engine + parts[0] + "." + parts[1];
    }

    private static java.util.stream.Stream<List<String>> lines() {
        try (InputStream list = ParameterFamily.class.getResourceAsStream("parameters.txt")) {
            byte[] all = Objects.requireNonNull(list, "parameters.txt").readAllBytes();
            return new String(all, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> List.of(line.split(" ")));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    String name() {
        return name;
    }

    List<Parameter> all() {
        return List.copyOf(parameters.values());
    }

    Optional<Parameter> find(String parameter) {
        return Optional.ofNullable(parameters.get(parameter));
    }

    Parameter get(String parameter) {
        return find(parameter).orElseThrow(() -> ApiRefusal.value("Could not find parameter with name: " + parameter));
    }
}
