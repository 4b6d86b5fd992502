// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.aws;

import dev.sluice.api.error.ErrorCode;

/** What AWS's APIs say no with. Immutable and thread-safe. */
public enum AwsErrorCode implements ErrorCode {
    /** AWS-101: there is no client for an account and region. */
    NO_CLIENT(
            "AWS-101",
            "There is no client for an account and region",
            "Hand one in: AwsClients.defaultChain().rds(account, region, client)"),
    /** AWS-102: no AWS credentials were found, or they are not valid any more. */
    NO_CREDENTIALS(
            "AWS-102",
            "No AWS credentials were found, or they are not valid any more",
            "Give this process credentials (environment, profile, role), or create the engine without clients: each call is then"
                    + " an action for a person"),
    /** AWS-103: AWS does not allow the call to these credentials. */
    NOT_ALLOWED(
            "AWS-103",
            "AWS does not allow the call to these credentials",
            "Allow the action that the message names by an IAM policy"),
    /** AWS-104: AWS has nothing of this name. */
    NOT_FOUND(
            "AWS-104",
            "AWS has nothing of this name",
            "Check identifier, region and account; identifiers are those of the console, not host names"),
    /** AWS-105: the resource is in a state in which AWS does not do this. */
    WRONG_STATE(
            "AWS-105",
            "The resource is in a state in which AWS does not do this",
            "Wait until it is available; the run does so by itself, as long as the step has time",
            Retry.CAN_TAKE_LONG),
    /** AWS-106: AWS takes no more calls for the moment. */
    THROTTLED("AWS-106", "AWS takes no more calls for the moment", "Try again later", Retry.CAN_TAKE_LONG),
    /** AWS-107: AWS refuses the call. */
    REFUSED("AWS-107", "AWS refuses the call", "See the message: it is AWS's own"),
    /** AWS-108: AWS's API cannot be reached. */
    UNREACHABLE(
            "AWS-108",
            "AWS's API cannot be reached",
            "Check the network, proxies and DNS of this host",
            Retry.CAN_HELP),
    /** AWS-109: AWS's API has a problem of its own. */
    UNAVAILABLE("AWS-109", "AWS's API has a problem of its own", "Try again later", Retry.CAN_HELP),
    /** AWS-110: the answer to a call that changes something was lost. */
    OUTCOME_UNKNOWN(
            "AWS-110",
            "The answer to a call that changes something was lost",
            "Look at the resource before anything is repeated; a run does so by itself"),
    /** AWS-111: the resource is in a state from which it does not come back by itself. */
    TERMINAL_STATE(
            "AWS-111",
            "The resource is in a state from which it does not come back by itself",
            "See its events in the console; storage-full needs more storage, incompatible-parameters another parameter group"),
    /** AWS-112: a compiled plan holds a call that this version does not know. */
    UNKNOWN_CALL("AWS-112", "A compiled plan holds a call that this version does not know", "Compile the plan again"),
    /** AWS-113: changes that somebody else has asked for would take effect together with the plan's. */
    CHANGES_PENDING(
            "AWS-113",
            "Changes that somebody else has asked for would take effect together with the plan's",
            "Let them take effect, or take them back, first; or add .allowPendingChanges() to the plan"),
    /** AWS-114: the answer to a reboot was lost, and AWS may still be about to show it. */
    REBOOT_IN_DOUBT(
            "AWS-114",
            "The answer to a reboot was lost, and AWS may still be about to show it",
            "Look at the instance's events; the run does so by itself, and reboots again only if nothing comes of it",
            Retry.CAN_TAKE_LONG);

    private final String id;
    private final String meaning;
    private final String remedy;
    private final Retry retry;

    AwsErrorCode(String id, String meaning, String remedy) {
        this(id, meaning, remedy, Retry.POINTLESS);
    }

    AwsErrorCode(String id, String meaning, String remedy, Retry retry) {
        this.id = id;
        this.meaning = meaning;
        this.remedy = remedy;
        this.retry = retry;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String meaning() {
        return meaning;
    }

    @Override
    public String remedy() {
        return remedy;
    }

    @Override
    public Retry retry() {
        return retry;
    }
}
