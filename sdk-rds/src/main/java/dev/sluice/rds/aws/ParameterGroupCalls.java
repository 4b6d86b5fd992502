// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.aws;

import dev.sluice.api.operation.ControlPlaneOperation;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.core.mysql.JsonText;
import dev.sluice.rds.aws.GroupOwner.Level;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The calls that change the parameter group of an instance or a cluster, as operations and as commands for people. Immutable and
 * thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithParamGroups.html">AWS: parameter groups</a>
 */
public final class ParameterGroupCalls {
    static final String CREATE = "CreateDBParameterGroup";
    static final String CREATE_CLUSTERS = "CreateDBClusterParameterGroup";
    static final String MODIFY = "ModifyDBParameterGroup";
    static final String MODIFY_CLUSTERS = "ModifyDBClusterParameterGroup";
    static final String ATTACH = "ModifyDBInstance";
    static final String ATTACH_CLUSTER = "ModifyDBCluster";
    static final String REBOOT = "RebootDBInstance";

    static final String INSTANCE = "DBInstanceIdentifier";
    static final String CLUSTER = "DBClusterIdentifier";
    static final String GROUP = "DBParameterGroupName";
    static final String CLUSTER_GROUP = "DBClusterParameterGroupName";
    static final String FAMILY = "DBParameterGroupFamily";
    static final String DESCRIPTION = "Description";
    static final String APPLY_METHOD = "ApplyMethod";
    /** In front of each parameter's name. */
    static final String VALUE = "Parameters.";

    static final String IMMEDIATELY = "ApplyImmediately";

    /** What one call takes. */
    private static final int MOST_PARAMETERS = 20;

    private static final String SERVICE = "rds";

    private final GroupOwner owner;

    /** The calls for this instance or cluster. */
    public ParameterGroupCalls(GroupOwner owner) {
        this.owner = owner;
    }

    /** When a changed parameter counts. */
    public enum Apply {
        /** At once; refused for parameters that are read at the start only. */
        IMMEDIATE("immediate"),
        /** After the next reboot. */
        PENDING_REBOOT("pending-reboot");

        private final String method;

        Apply(String method) {
            this.method = method;
        }
    }

    private boolean ofCluster() {
        return owner.level() == Level.CLUSTER;
    }

    /** Creates a group of this family; one of this name that is there already is taken as it is. */
    public ControlPlaneOperation create(OperationInfo info, String group, String family) {
        String description = "Made by Sluice for " + owner.identifier();
        return operation(
                info,
                ofCluster() ? CREATE_CLUSTERS : CREATE,
                Map.of(groupName(), group, FAMILY, family, DESCRIPTION, description),
                (ofCluster() ? "create-db-cluster-parameter-group" : "create-db-parameter-group")
                        + groupOption(group) + " --db-parameter-group-family " + ShellWord.of(family)
                        + " --description " + ShellWord.quoted(description));
    }

    /**
     * Sets parameters in a group.
     *
     * @param values by the parameters' names in the API, at most 20
     * @throws IllegalArgumentException if there are more
     */
    public ControlPlaneOperation set(OperationInfo info, String group, Map<String, String> values, Apply apply) {
        if (values.isEmpty() || values.size() > MOST_PARAMETERS) {
            throw new IllegalArgumentException("One call takes 1 to " + MOST_PARAMETERS + " parameters, not " + values);
        }
        Map<String, String> parameters = new TreeMap<>(Map.of(groupName(), group, APPLY_METHOD, apply.method));
        values.forEach((name, value) -> parameters.put(VALUE + name, value));
        return operation(
                info,
                ofCluster() ? MODIFY_CLUSTERS : MODIFY,
                parameters,
                (ofCluster() ? "modify-db-cluster-parameter-group" : "modify-db-parameter-group") + groupOption(group)
                        + " --parameters " + ShellWord.quoted(json(values, apply)));
    }

    /** As JSON, since the short form of the command line cannot hold commas. */
    private static String json(Map<String, String> values, Apply apply) {
        return new TreeMap<>(values)
                .entrySet().stream()
                        .map(one -> "{\"ParameterName\":" + JsonText.string(one.getKey()) + ",\"ParameterValue\":"
                                + JsonText.string(one.getValue()) + ",\"ApplyMethod\":" + JsonText.string(apply.method)
                                + "}")
                        .collect(Collectors.joining(",", "[", "]"));
    }

    /** Attaches a group. Its dynamic parameters count when they are changed afterwards, its static ones after a reboot. */
    public ControlPlaneOperation attach(OperationInfo info, String group) {
        return operation(
                info,
                ofCluster() ? ATTACH_CLUSTER : ATTACH,
                Map.of(ofCluster() ? CLUSTER : INSTANCE, owner.identifier(), groupName(), group, IMMEDIATELY, "true"),
                (ofCluster()
                                ? "modify-db-cluster --db-cluster-identifier "
                                : "modify-db-instance --db-instance-identifier ")
                        + ShellWord.of(owner.identifier()) + groupOption(group) + " --apply-immediately");
    }

    /**
     * Reboots an instance: it is out of service for some seconds to minutes.
     *
     * @param instance the instance itself, or of a cluster the one that is rebooted
     */
    public ControlPlaneOperation reboot(OperationInfo info, String instance) {
        return operation(
                info,
                REBOOT,
                Map.of(INSTANCE, instance),
                "reboot-db-instance --db-instance-identifier " + ShellWord.of(instance));
    }

    /** The command that shows which group it has. */
    public String showGroup() {
        return "aws rds "
                + (ofCluster() ? "describe-db-clusters" : "describe-db-instances")
                + owner.place().options()
                + (ofCluster() ? " --db-cluster-identifier " : " --db-instance-identifier ")
                + ShellWord.of(owner.identifier())
                + (ofCluster()
                        ? " --query 'DBClusters[0].DBClusterParameterGroup'"
                        : " --query 'DBInstances[0].DBParameterGroups[0].DBParameterGroupName'");
    }

    private String groupName() {
        return ofCluster() ? CLUSTER_GROUP : GROUP;
    }

    private String groupOption(String group) {
        return (ofCluster() ? " --db-cluster-parameter-group-name " : " --db-parameter-group-name ")
                + ShellWord.of(group);
    }

    private ControlPlaneOperation operation(
            OperationInfo info, String action, Map<String, String> parameters, String command) {
        int verb = command.indexOf(' ');
        return new ControlPlaneOperation(
                info,
                SERVICE,
                action,
                parameters,
                "aws rds " + command.substring(0, verb) + owner.place().options() + command.substring(verb));
    }

    /** The command that shows who has a group. */
    public String showUsers(String group) {
        String is = "==`" + JsonText.string(group) + "`";
        String query = ofCluster()
                ? "DBClusters[?DBClusterParameterGroup" + is + "].DBClusterIdentifier"
                : "DBInstances[?DBParameterGroups[?DBParameterGroupName" + is + "]].DBInstanceIdentifier";
        return "aws rds " + (ofCluster() ? "describe-db-clusters" : "describe-db-instances")
                + owner.place().options() + " --query " + ShellWord.quoted(query);
    }

    /** The command that shows which changes of it wait for a maintenance window. */
    public String showPending() {
        return "aws rds " + (ofCluster() ? "describe-db-clusters" : "describe-db-instances")
                + owner.place().options()
                + (ofCluster() ? " --db-cluster-identifier " : " --db-instance-identifier ")
                + ShellWord.of(owner.identifier())
                + (ofCluster()
                        ? " --query 'DBClusters[0].PendingModifiedValues'"
                        : " --query 'DBInstances[0].PendingModifiedValues'");
    }
}
