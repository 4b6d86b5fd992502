// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import java.util.List;

/** Lists the versions of engines that the look-alike knows families of parameters for. */
final class EngineVersionActions {
    private static final List<Version> VERSIONS = List.of(
            new Version("mysql", "5.7.44"),
            new Version("mysql", "8.0.36"),
            new Version("mysql", "8.0.43"),
            new Version("mysql", "8.4.7"),
            new Version("aurora-mysql", "5.7.mysql_aurora.2.11.6"),
            new Version("aurora-mysql", "5.7.mysql_aurora.2.12.5"),
            new Version("aurora-mysql", "8.0.mysql_aurora.3.04.4"),
            new Version("aurora-mysql", "8.0.mysql_aurora.3.08.0"),
            new Version("aurora-mysql", "8.0.mysql_aurora.3.10.1"),
            new Version("aurora-mysql", "8.4.mysql_aurora.8.4.8"));

    private EngineVersionActions() {}

    private record Version(String engine, String version) {
        String family() {
            return ParameterFamily.nameFor(engine, version);
        }

        Xml toXml() {
            return Xml.element("DBEngineVersion")
                    .with("Engine", engine)
                    .with("EngineVersion", version)
                    .with("DBParameterGroupFamily", family())
                    .with("Status", "available");
        }
    }

    static void register(Actions actions) {
        actions.add(
                "DescribeDBEngineVersions",
                EngineVersionActions::describe,
                "Engine",
                "EngineVersion",
                "DBParameterGroupFamily",
                "MaxRecords",
                "Marker");
    }

    private static void describe(Ask ask, Xml result) {
        List<Version> found = VERSIONS.stream()
                .filter(one -> isWanted(ask, "Engine", one.engine()))
                .filter(one -> one.version().equals(ask.text("EngineVersion").orElse(one.version()))
                        || one.version().startsWith(ask.required("EngineVersion") + "."))
                .filter(one -> isWanted(ask, "DBParameterGroupFamily", one.family()))
                .toList();
        Page.write(ask, result, "DBEngineVersions", found, Version::toXml);
    }

    private static boolean isWanted(Ask ask, String parameter, String value) {
        return ask.text(parameter).orElse(value).equals(value);
    }
}
