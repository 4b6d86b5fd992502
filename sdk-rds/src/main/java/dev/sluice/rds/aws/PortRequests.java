// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.aws;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.ControlPlaneOperation;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.Ipv6Range;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/** The requests behind {@link PortCalls}. Each looks first, so that a repeated one opens or closes nothing twice. */
final class PortRequests {
    private static final String DUPLICATE = "InvalidPermission.Duplicate";
    private static final String GONE = "InvalidSecurityGroupRuleId.NotFound";

    private PortRequests() {}

    static boolean isOne(ControlPlaneOperation operation) {
        return operation.service().equals(PortCalls.SERVICE);
    }

    /**
     * The request behind an operation.
     *
     * @throws StepRefusedException if this version does not know the call
     */
    static Consumer<Ec2Client> call(ControlPlaneOperation operation) {
        String group = RdsCalls.parameter(operation, PortCalls.GROUP);
        String run = RdsCalls.parameter(operation, PortCalls.TAG);
        return switch (operation.action()) {
            case PortCalls.AUTHORIZE -> {
                PortRule rule = new PortRule(
                        group,
                        RdsCalls.parameter(operation, PortCalls.PEER),
                        Integer.parseInt(RdsCalls.parameter(operation, PortCalls.PORT)));
                yield client -> open(client, rule, run);
            }
            case PortCalls.REVOKE -> client -> close(client, group, run);
            default ->
                throw new StepRefusedException(Problem.of(
                        AwsErrorCode.UNKNOWN_CALL, "Unknown call " + operation.service() + ":" + operation.action()));
        };
    }

    private static void open(Ec2Client client, PortRule rule, String run) {
        if (PortLooks.isOpen(client, rule)) {
            return;
        }
        try {
            client.authorizeSecurityGroupIngress(request -> request.groupId(rule.securityGroup())
                    .ipPermissions(permission(rule, "sluice run " + run))
                    .tagSpecifications(TagSpecification.builder()
                            .resourceType(ResourceType.SECURITY_GROUP_RULE)
                            .tags(Tag.builder().key(Temporary.TAG).value(run).build())
                            .build()));
        } catch (Ec2Exception there) {
            // Somebody was faster, and it is theirs: it is open, which is all that is wanted.
            unless(DUPLICATE, there);
        }
    }

    private static IpPermission permission(PortRule rule, String description) {
        IpPermission.Builder permission =
                IpPermission.builder().ipProtocol("tcp").fromPort(rule.port()).toPort(rule.port());
        if (rule.isOfGroup()) {
            permission.userIdGroupPairs(UserIdGroupPair.builder()
                    .groupId(rule.peer())
                    .description(description)
                    .build());
        } else if (rule.isOfIpv6()) {
            permission.ipv6Ranges(Ipv6Range.builder()
                    .cidrIpv6(rule.peer())
                    .description(description)
                    .build());
        } else {
            permission.ipRanges(IpRange.builder()
                    .cidrIp(rule.peer())
                    .description(description)
                    .build());
        }
        return permission.build();
    }

    private static void close(Ec2Client client, String group, String run) {
        List<String> own = PortLooks.rules(client, group)
                .filter(rule -> PortLooks.isOf(run, rule))
                .map(SecurityGroupRule::securityGroupRuleId)
                .toList();
        if (own.isEmpty()) {
            return;
        }
        try {
            client.revokeSecurityGroupIngress(request -> request.groupId(group).securityGroupRuleIds(own));
        } catch (Ec2Exception gone) {
            // It is gone, which is all that is wanted.
            unless(GONE, gone);
        }
    }

    private static void unless(String code, AwsServiceException failure) {
        if (failure.awsErrorDetails() == null
                || !code.equals(failure.awsErrorDetails().errorCode())) {
            throw failure;
        }
    }
}
