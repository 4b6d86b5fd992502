// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A parameter group of either kind. Guarded by the lock of the state. */
final class ParameterGroup {
    private static final String DEFAULT = "default.";

    private final GroupKind kind;
    private final String name;
    private final ParameterFamily family;
    private final String description;
    private final String arn;

    /** What somebody has set. */
    private final Map<String, Value> values = new LinkedHashMap<>();

    /**
     * A value of a parameter.
     *
     * @param value itself
     * @param method {@code immediate} or {@code pending-reboot}
     */
    record Value(String value, String method) {}

    ParameterGroup(GroupKind kind, String name, ParameterFamily family, String description, String arn) {
        this.kind = kind;
        this.name = name;
        this.family = family;
        this.description = description;
        this.arn = arn;
    }

    static String defaultName(String family) {
        return DEFAULT + family;
    }

    /** The family of a default group's name; empty for other names. */
    static Optional<String> defaultFamily(String name) {
        return name.startsWith(DEFAULT) ? Optional.of(name.substring(DEFAULT.length())) : Optional.empty();
    }

    GroupKind kind() {
        return kind;
    }

    String name() {
        return name;
    }

    String arn() {
        return arn;
    }

    ParameterFamily family() {
        return family;
    }

    String description() {
        return description;
    }

    boolean isDefault() {
        return name.startsWith(DEFAULT);
    }

    void set(Parameter parameter, String value, String method) {
        values.put(parameter.name(), new Value(value, method));
    }

    /** Returns whether there was something to take back. */
    boolean reset(String parameter) {
        return values.remove(parameter) != null;
    }

    Optional<Value> userValue(String parameter) {
        return Optional.ofNullable(values.get(parameter));
    }

    /** All that somebody has set, by the API's names. */
    Map<String, String> userValues() {
        Map<String, String> all = new LinkedHashMap<>();
        values.forEach((parameter, value) -> all.put(parameter, value.value()));
        return all;
    }

    /** What a parameter is, set or not. */
    Optional<String> value(String parameter) {
        return userValue(parameter)
                .map(Value::value)
                .or(() -> family.find(parameter).flatMap(Parameter::value));
    }

    /** Where a parameter's value comes from: {@code user}, {@code system} or {@code engine-default}. */
    String source(Parameter parameter) {
        if (values.containsKey(parameter.name())) {
            return "user";
        }
        return parameter.value().isPresent() ? "system" : "engine-default";
    }

    void copyTo(ParameterGroup other) {
        other.values.putAll(values);
    }

    Xml toXml() {
        return Xml.element(kind.element())
                .with(kind.nameParameter(), name)
                .with("DBParameterGroupFamily", family.name())
                .with("Description", description)
                .with(kind.element() + "Arn", arn);
    }

    Xml toXml(Parameter parameter) {
        Optional<Value> own = userValue(parameter.name());
        return Xml.element("Parameter")
                .with("ParameterName", parameter.name())
                .with("ParameterValue", value(parameter.name()).orElse(null))
                .with("Source", source(parameter))
                .with("ApplyType", parameter.applyType())
                .with("DataType", parameter.type())
                .with("AllowedValues", parameter.allowed().isEmpty() ? null : String.join(",", parameter.allowed()))
                .with("IsModifiable", parameter.modifiable())
                .with("ApplyMethod", own.map(Value::method).orElse("pending-reboot"));
    }
}
