// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.PersonOperation;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.WaitOperation;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.rds.aws.GroupOwner;
import dev.sluice.rds.aws.ParameterGroupCalls;
import dev.sluice.rds.aws.ParameterGroupCalls.Apply;
import dev.sluice.rds.aws.RdsLooks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Settings that a server reads from its parameter group. A default group of AWS's cannot be changed: then a group is made and attached first,
 * and changed afterwards, so that what can take effect without a reboot does. Immutable and thread-safe.
 */
public final class GroupSettings {
    /** Sets the parameters. */
    public static final String SET = "set-parameters";

    static final String CREATE = "create-parameter-group";
    static final String ATTACH = "attach-parameter-group";
    static final String WAIT_ATTACHED = "wait-for-parameter-group";
    private static final Duration DEADLINE = Duration.ofMinutes(30);

    private final ManagedGroups groups;
    private final GroupOwner owner;
    private final ServerFacts facts;
    private final Optional<String> attached;
    private final Map<String, String> values;
    private final Apply apply;

    /**
     * These settings of one server.
     *
     * @param facts the server's, as {@link ManagedGroups#addedTo} made them
     * @param values by the parameters' names in the API
     */
    public GroupSettings(
            ManagedGroups groups, Endpoint endpoint, ServerFacts facts, Map<String, String> values, Apply apply) {
        this.groups = groups;
        this.owner = groups.owner(endpoint);
        this.facts = facts;
        this.attached = ManagedGroups.attachedTo(facts);
        this.values = Map.copyOf(values);
        this.apply = apply;
    }

    /** Whose group it is. */
    public GroupOwner owner() {
        return owner;
    }

    /** Whether it is known which group the server has; where it is not, all is one action for a person. */
    public boolean isKnown() {
        return attached.isPresent();
    }

    /** The draft with the operations that set them, and with what speaks against it. */
    public StepDraft addTo(StepDraft draft, StepContext context, Target target, String purpose) {
        OperationInfo info = OperationInfo.changing(SET, target, purpose);
        ParameterGroupCalls calls = new ParameterGroupCalls(owner);
        if (attached.isEmpty()) {
            return draft.and(new PersonOperation(info, instructions(calls, info), PersonOperation.DEFAULT_DEADLINE))
                    .note(
                            "Without a client of the RDS API nobody can see who else has the parameter group: everything that has it"
                                    + " gets these settings, and everything that is pending of what is modified takes effect at once.");
        }
        StepDraft more = needsOwnGroup() ? withOwnGroup(draft, context, calls, target) : draft;
        GroupSharing sharing = new GroupSharing(group(), orNobody(ManagedGroups.othersWith(facts)));
        boolean allowed = sharing.isPossible() && context.allows(Consent.SHARED_PARAMETER_GROUP);
        StepDraft set = more.and(calls.set(
                        allowed ? info.disruptiveWith(Consent.SHARED_PARAMETER_GROUP) : info, group(), values, apply))
                .note("Everything that has the parameter group " + group()
                        + " gets these settings; it stays when the run ends.");
        return sharing.problem(context, values.keySet()).map(set::problem).orElse(set);
    }

    /** A group that is made for the server alone is nobody else's, unless somebody is seen to have it. */
    private Optional<List<String>> orNobody(Optional<List<String>> others) {
        return others.isEmpty() && needsOwnGroup() ? Optional.of(List.of()) : others;
    }

    private boolean needsOwnGroup() {
        return attached.filter(GroupOwner::isDefault).isPresent();
    }

    private String group() {
        return ManagedGroups.changeable(owner, attached.orElseThrow());
    }

    private StepDraft withOwnGroup(StepDraft draft, StepContext context, ParameterGroupCalls calls, Target target) {
        StepDraft more = ManagedSteps.withPendingChanges(draft, context, facts, owner.identifier(), "");
        return more.and(calls.create(
                        OperationInfo.changing(
                                CREATE, target, "make a parameter group, since default ones cannot be changed"),
                        group(),
                        GroupOwner.familyOf(attached.orElseThrow())))
                .and(calls.attach(
                        OperationInfo.changing(ATTACH, target, "give the server this parameter group"), group()))
                .and(new WaitOperation(
                        OperationInfo.reading(WAIT_ATTACHED, target, "wait until the server has the group"),
                        owner.identifier() + " is available and has the parameter group " + group(),
                        DEADLINE));
    }

    private List<String> instructions(ParameterGroupCalls calls, OperationInfo info) {
        String own = owner.ownGroup();
        List<String> lines = new ArrayList<>();
        lines.add("See which parameter group it has: " + calls.showGroup());
        lines.add("If its name begins with 'default.', make one of its own (the family is what follows in that name): "
                + calls.create(info, own, "<family>").command());
        lines.add("see which changes would take effect together with the next one: " + calls.showPending());
        lines.add("and attach it: " + calls.attach(info, own).command());
        lines.add("and set in it: " + calls.set(info, own, values, apply).command());
        lines.add(
                "Otherwise see who else has the group, and would get the same settings: " + calls.showUsers("<group>"));
        lines.add("and if nobody has, or may have them, set the same in the group that it has: "
                + calls.set(info, "<group>", values, apply).command());
        lines.add(
                "The run goes on when the server shows it; where it takes a reboot to show, when this action is confirmed.");
        return lines;
    }

    /**
     * The operations that AWS still shows to be missing; without clients those that a person does.
     *
     * @throws StepRefusedException if the server has got another group since the plan was compiled, or others have got its group
     */
    public List<String> missing(StepContext context) {
        Optional<RdsLooks> looks = groups.looks();
        if (looks.isEmpty() || attached.isEmpty()) {
            return List.of(SET);
        }
        Optional<Map<String, String>> found = looks.get().parameters(owner, group());
        List<String> missing = new ArrayList<>();
        if (found.isEmpty()) {
            missing.add(CREATE);
        }
        if (needsOwnGroup()) {
            missing.addAll(missingOfAttachment(looks.get()));
        } else {
            requireSameGroup(looks.get());
        }
        boolean allSet = found.filter(has -> has.entrySet().containsAll(values.entrySet()))
                .isPresent();
        if (!allSet) {
            requireAllowedSharing(looks.get(), context);
            missing.add(SET);
        }
        return missing;
    }

    /** Others may have got the group since the plan was compiled. */
    private void requireAllowedSharing(RdsLooks looks, StepContext context) {
        new GroupSharing(group(), orNobody(ManagedGroups.others(looks, owner, group())))
                .problem(context, values.keySet())
                .ifPresent(shared -> {
                    throw new StepRefusedException(shared);
                });
    }

    private List<String> missingOfAttachment(RdsLooks looks) {
        if (!looks.attachedGroup(owner).equals(group())) {
            return List.of(ATTACH, WAIT_ATTACHED);
        }
        return looks.isAvailable(owner) ? List.of() : List.of(WAIT_ATTACHED);
    }

    private void requireSameGroup(RdsLooks looks) {
        String now = looks.attachedGroup(owner);
        if (!now.equals(group())) {
            throw new StepRefusedException(Problem.of(
                    ManagedErrorCode.CHANGED_SINCE_COMPILED,
                    owner.identifier() + " has the parameter group " + now + " by now, not " + group()));
        }
    }
}
