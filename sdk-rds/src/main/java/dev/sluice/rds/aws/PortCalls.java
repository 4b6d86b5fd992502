// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.aws;

import dev.sluice.api.operation.ControlPlaneOperation;
import dev.sluice.api.operation.OperationInfo;
import java.util.Map;

/** The calls of EC2 that let a replica in to its source: as operations, and as commands for people. */
public final class PortCalls {
    static final String SERVICE = "ec2";
    static final String AUTHORIZE = "AuthorizeSecurityGroupIngress";
    static final String REVOKE = "RevokeSecurityGroupIngress";
    static final String GROUP = "GroupId";
    static final String PEER = "Peer";
    static final String PORT = "Port";
    static final String TAG = "Tag";

    private PortCalls() {}

    /**
     * Adds the rule, with a tag and a description that say whose it is. Nothing happens if such a rule is there, whoever has made it.
     *
     * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html">AWS:
     *     AuthorizeSecurityGroupIngress</a>
     */
    public static ControlPlaneOperation open(OperationInfo info, AwsPlace place, PortRule rule) {
        return new ControlPlaneOperation(
                info,
                SERVICE,
                AUTHORIZE,
                Map.of(
                        GROUP, rule.securityGroup(),
                        PEER, rule.peer(),
                        PORT, Integer.toString(rule.port()),
                        TAG, ControlPlaneOperation.RUN),
                "aws ec2 authorize-security-group-ingress" + place.options() + " --group-id " + rule.securityGroup()
                        + " --ip-permissions 'IpProtocol=tcp,FromPort=" + rule.port() + ",ToPort=" + rule.port() + ","
                        + peer(rule) + "' --tag-specifications 'ResourceType=security-group-rule,Tags=[{Key="
                        + Temporary.TAG + ",Value=" + ControlPlaneOperation.RUN + "}]'");
    }

    private static String peer(PortRule rule) {
        if (rule.isOfGroup()) {
            return "UserIdGroupPairs=[{GroupId=" + rule.peer() + "}]";
        }
        return rule.isOfIpv6()
                ? "Ipv6Ranges=[{CidrIpv6=" + rule.peer() + "}]"
                : "IpRanges=[{CidrIp=" + rule.peer() + "}]";
    }

    /**
     * Removes from a group the rules that carry the run's tag; nothing else, and nothing if there is none.
     *
     * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RevokeSecurityGroupIngress.html">AWS:
     *     RevokeSecurityGroupIngress</a>
     */
    public static ControlPlaneOperation close(OperationInfo info, AwsPlace place, String securityGroup) {
        return new ControlPlaneOperation(
                info,
                SERVICE,
                REVOKE,
                Map.of(GROUP, securityGroup, TAG, ControlPlaneOperation.RUN),
                "aws ec2 revoke-security-group-ingress" + place.options() + " --group-id " + securityGroup
                        + " --security-group-rule-ids $(aws ec2 describe-security-group-rules" + place.options()
                        + " --filters Name=group-id,Values=" + securityGroup + " Name=tag:" + Temporary.TAG
                        + ",Values=" + ControlPlaneOperation.RUN
                        + " --query 'SecurityGroupRules[].SecurityGroupRuleId' --output text)");
    }
}
