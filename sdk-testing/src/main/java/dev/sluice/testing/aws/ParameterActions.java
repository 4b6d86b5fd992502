// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The actions on parameter groups, of which there are two sets that differ in their names. */
final class ParameterActions {
    private static final int MOST_AT_ONCE = 20;

    private final GroupKind kind;

    private ParameterActions(GroupKind kind) {
        this.kind = kind;
    }

    static void register(Actions actions, GroupKind kind) {
        ParameterActions of = new ParameterActions(kind);
        String name = kind.nameParameter();
        String element = kind.element();
        actions.add("Create" + element, of::create, name, "DBParameterGroupFamily", "Description", "Tags")
                .add("Modify" + element, of::modify, name, "Parameters")
                .add("Reset" + element, of::reset, name, "Parameters", "ResetAllParameters")
                .add("Delete" + element, of::delete, name)
                .add(
                        "Copy" + element,
                        of::copy,
                        "Source" + element + "Identifier",
                        "Target" + element + "Identifier",
                        "Target" + element + "Description",
                        "Tags")
                .add("Describe" + element + "s", of::describeGroups, name, "MaxRecords", "Marker")
                .add(
                        "Describe" + kind.parameters(),
                        of::describeParameters,
                        name,
                        "Source",
                        "Filters",
                        "MaxRecords",
                        "Marker");
    }

    private ParameterGroup named(Ask ask) {
        return ask.region().group(kind, ask.requiredIdentifier(kind.nameParameter()));
    }

    private static void requireOwn(ParameterGroup group) {
        if (group.isDefault()) {
            throw ApiRefusal.of("InvalidDBParameterGroupState", "Cannot modify a default parameter group.");
        }
    }

    private void create(Ask ask, Xml result) {
        String name = ask.newIdentifier(kind.nameParameter());
        ParameterFamily family = ParameterFamily.of(
                kind, ask.required("DBParameterGroupFamily"), ask.region().world());
        result.with(added(ask, name, family, ask.required("Description")).toXml());
    }

    private ParameterGroup added(Ask ask, String name, ParameterFamily family, String description) {
        ApiRegion region = ask.region();
        if (region.groups(kind).containsKey(name)) {
            throw ApiRefusal.of("DBParameterGroupAlreadyExists", "Parameter group " + name + " already exists");
        }
        ParameterGroup group = new ParameterGroup(kind, name, family, description, region.arn(kind.arnPart(), name));
        region.groups(kind).put(name, group);
        region.tags().open(group.arn(), ask.tags());
        return group;
    }

    private void copy(Ask ask, Xml result) {
        String source = World.idOf(ask.required("Source" + kind.element() + "Identifier"));
        ParameterGroup from = ask.region().group(kind, source);
        ParameterGroup to = added(
                ask,
                ask.newIdentifier("Target" + kind.element() + "Identifier"),
                from.family(),
                ask.required("Target" + kind.element() + "Description"));
        from.copyTo(to);
        result.with(to.toXml());
    }

    private void modify(Ask ask, Xml result) {
        ParameterGroup group = named(ask);
        requireOwn(group);
        List<Map<String, String>> wanted = parameters(ask);
        wanted.forEach(one -> group.family()
                .get(one.getOrDefault("ParameterName", ""))
                .check(one.getOrDefault("ParameterValue", ""), isImmediate(one)));
        Map<String, String> now = new LinkedHashMap<>();
        boolean later = false;
        for (Map<String, String> one : wanted) {
            String name = one.getOrDefault("ParameterName", "");
            String value = one.getOrDefault("ParameterValue", "");
            boolean changed = !group.value(name).filter(value::equals).isPresent();
            group.set(group.family().get(name), value, isImmediate(one) ? "immediate" : "pending-reboot");
            if (isImmediate(one)) {
                now.put(name, value);
            } else {
                later |= changed;
            }
        }
        GroupChanges.changed(ask.region().world(), group, now, later);
        result.with(kind.nameParameter(), group.name());
    }

    private static boolean isImmediate(Map<String, String> parameter) {
        String method = parameter.getOrDefault("ApplyMethod", "");
        if (!method.equals("immediate") && !method.equals("pending-reboot")) {
            throw ApiRefusal.value("Invalid apply method: " + method);
        }
        return method.equals("immediate");
    }

    private static List<Map<String, String>> parameters(Ask ask) {
        List<Map<String, String>> wanted = ask.structures("Parameters.Parameter");
        if (wanted.isEmpty() || wanted.size() > MOST_AT_ONCE) {
            throw ApiRefusal.value("Between 1 and " + MOST_AT_ONCE + " parameters can be changed in one request, not "
                    + wanted.size());
        }
        return wanted;
    }

    private void reset(Ask ask, Xml result) {
        ParameterGroup group = named(ask);
        requireOwn(group);
        List<String> names = ask.flag("ResetAllParameters")
                ? List.copyOf(group.userValues().keySet())
                : parameters(ask).stream()
                        .map(one -> one.getOrDefault("ParameterName", ""))
                        .toList();
        names.forEach(group.family()::get);
        boolean changed = false;
        for (String name : names) {
            changed |= group.reset(name);
        }
        GroupChanges.changed(ask.region().world(), group, Map.of(), changed);
        result.with(kind.nameParameter(), group.name());
    }

    private void delete(Ask ask, Xml result) {
        ParameterGroup group = named(ask);
        if (group.isDefault() || GroupChanges.isUsed(ask.region().world(), group)) {
            throw ApiRefusal.of(
                    "InvalidDBParameterGroupState",
                    "One or more database instances are still members of this parameter group " + group.name()
                            + ", or it is a default one, so the group cannot be deleted");
        }
        ask.region().groups(kind).remove(group.name());
        ask.region().tags().close(group.arn());
    }

    private void describeGroups(Ask ask, Xml result) {
        List<ParameterGroup> all = ask.identifier(kind.nameParameter())
                .map(name -> List.of(ask.region().group(kind, name)))
                .orElseGet(() -> List.copyOf(ask.region().groups(kind).values()));
        Page.write(ask, result, kind.element() + "s", all, ParameterGroup::toXml);
    }

    private void describeParameters(Ask ask, Xml result) {
        ParameterGroup group = named(ask);
        List<Parameter> all = group.family().all().stream()
                .filter(one -> isFrom(ask, group, one))
                .filter(one -> Filters.match(ask, Map.of("parameter-name", one.name())))
                .toList();
        Page.write(ask, result, "Parameters", all, group::toXml);
    }

    private static boolean isFrom(Ask ask, ParameterGroup group, Parameter parameter) {
        return ask.text("Source")
                .filter(source -> !source.equals(group.source(parameter)))
                .isEmpty();
    }
}
