// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.rds;

import java.util.List;
import java.util.Map;

/**
 * AWS's query protocol as the RDS API speaks it.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/Welcome.html">AWS: RDS API reference</a>
 */
final class ApiXml {
    private static final String NAMESPACE = "http://rds.amazonaws.com/doc/2014-10-31/";
    private static final String REQUEST = "b9c1a4e0-0000-4000-8000-000000000000";

    private ApiXml() {}

    static String error(ApiError error) {
        String type = error.status() < 500 ? "Sender" : "Receiver";
        return "<ErrorResponse xmlns=\"" + NAMESPACE + "\"><Error>" + tag("Type", type) + tag("Code", error.code())
                + tag("Message", error.message()) + "</Error>" + tag("RequestId", REQUEST) + "</ErrorResponse>";
    }

    static String instances(List<Map<String, String>> instances) {
        StringBuilder all = new StringBuilder("<DBInstances>");
        instances.forEach(one -> all.append(instance(one)));
        return response("DescribeDBInstances", all.append("</DBInstances>").toString());
    }

    static String modified(Map<String, String> instance) {
        return response("ModifyDBInstance", instance(instance));
    }

    private static String response(String action, String result) {
        return "<" + action + "Response xmlns=\"" + NAMESPACE + "\"><" + action + "Result>" + result + "</" + action
                + "Result><ResponseMetadata>" + tag("RequestId", REQUEST) + "</ResponseMetadata></" + action
                + "Response>";
    }

    private static String instance(Map<String, String> values) {
        String pending = values.getOrDefault("PendingBackupRetentionPeriod", "");
        return "<DBInstance>"
                + tag("DBInstanceIdentifier", values)
                + tag("DBInstanceStatus", values)
                + tag("Engine", values)
                + tag("EngineVersion", values)
                + "<Endpoint>" + tag("Address", values) + tag("Port", values) + "</Endpoint>"
                + tag("BackupRetentionPeriod", values)
                + "<PendingModifiedValues>"
                + (pending.isEmpty() ? "" : tag("BackupRetentionPeriod", pending))
                + "</PendingModifiedValues>"
                + "<DBParameterGroups><DBParameterGroup>"
                + tag("DBParameterGroupName", values)
                + tag("ParameterApplyStatus", "in-sync")
                + "</DBParameterGroup></DBParameterGroups>"
                + "</DBInstance>";
    }

    private static String tag(String name, Map<String, String> values) {
        return tag(name, values.getOrDefault(name, ""));
    }

    private static String tag(String name, String value) {
        String escaped = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        return "<" + name + ">" + escaped + "</" + name + ">";
    }
}
