// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.error.Problem;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import dev.sluice.rds.aws.AwsEndpoint;
import dev.sluice.rds.aws.AwsPlace;
import dev.sluice.rds.aws.PortCalls;
import dev.sluice.rds.aws.PortLooks;
import dev.sluice.rds.aws.PortRule;
import dev.sluice.rds.managed.ManagedWish.OpenPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Besides that the account exists by which the replica logs in, the source's security group lets the replica in, where the plan names the group.
 * The rule stays as long as replication does: it is taken back on cancel and abandon only, and only if this run has made it.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MySQL.Procedural.Exporting.NonRDSRepl.html">AWS: let the replica
 *     connect to the source</a>
 */
public final class OpenedPort implements Step {
    static final String OPEN = "open-port";

    private final Step account;
    private final ManagedKind kind;
    private final @Nullable PortLooks looks;

    /**
     * @param account makes the account
     * @param looks sees which rules there are; null where nobody can be asked
     */
    public OpenedPort(Step account, ManagedKind kind, @Nullable PortLooks looks) {
        this.account = account;
        this.kind = kind;
        this.looks = looks;
    }

    @Override
    public StepKey key() {
        return account.key();
    }

    @Override
    public GuideStep row() {
        return account.row();
    }

    @Override
    public StepDraft compile(StepContext context) {
        StepDraft draft = account.compile(context);
        Optional<OpenPort> wish = wish(context);
        if (wish.isEmpty()) {
            return draft;
        }
        Optional<PortRule> rule = rule(context, wish.get());
        if (rule.isEmpty()) {
            return draft.problem(Problem.of(
                    ManagedErrorCode.PEER_UNKNOWN,
                    "The address from which the replica connects is not known: it is reached at "
                            + context.replica().address().host()));
        }
        // First: without clients a person is asked, and what follows shows that they were.
        List<Operation> operations = new ArrayList<>(List.of(open(context, rule.get())));
        operations.addAll(draft.operations());
        StepDraft opened = new StepDraft(operations, draft.notes(), draft.problems(), draft.privileges())
                .note(
                        "The rule stays as long as the source is replicated from; a later end of the replication leaves it.");
        return looks == null && draft.operations().isEmpty()
                ? opened.note(
                        "Nobody can be asked for the group's rules: see yourself that " + rule.get() + " is open.")
                : opened;
    }

    private Optional<OpenPort> wish(StepContext context) {
        return context.alreadyReplicating() ? Optional.empty() : kind.sourceWish(context, OpenPort.class);
    }

    private static Operation open(StepContext context, PortRule rule) {
        AwsPlace place = place(context);
        OperationInfo closing = OperationInfo.changing(
                "close-port", Target.SOURCE, "remove this run's rule from " + rule.securityGroup());
        return PortCalls.open(
                OperationInfo.changing(OPEN, Target.SOURCE, "open " + rule)
                        .undoneBy(
                                Undo.byCall(UndoScope.ROLLBACK, PortCalls.close(closing, place, rule.securityGroup()))),
                place,
                rule);
    }

    private static AwsPlace place(StepContext context) {
        Endpoint source = context.replication().source();
        if (source instanceof AwsEndpoint aws) {
            return aws.place();
        }
        throw new IllegalArgumentException("Not an endpoint in AWS: " + source.label());
    }

    /** Empty if the plan leaves the peer to be the replica's own address, and that is none but a name. */
    private static Optional<PortRule> rule(StepContext context, OpenPort wish) {
        int port = context.sourceAsSeenByReplica().port();
        if (!wish.peer().isEmpty()) {
            return Optional.of(new PortRule(wish.securityGroup(), wish.peer(), port));
        }
        String host = context.replica().address().host();
        boolean isAddress = host.matches("[0-9]{1,3}([.][0-9]{1,3}){3}");
        return isAddress ? Optional.of(new PortRule(wish.securityGroup(), host + "/32", port)) : Optional.empty();
    }

    @Override
    public Look look(LiveContext context) {
        Look made = account.look(context);
        boolean opens = context.step().operations().stream()
                .anyMatch(operation -> operation.id().equals(OPEN));
        if (!opens || made instanceof Look.Unknown) {
            return made;
        }
        List<String> missing = new ArrayList<>();
        if (!isOpen(context, made)) {
            missing.add(OPEN);
        }
        if (made instanceof Look.Missing some) {
            missing.addAll(some.operationIds());
        }
        return missing.isEmpty()
                ? made
                : StepLook.missing(context, made.evidence() + "; still to do: " + missing, missing);
    }

    /** Where nobody can be asked, the account, which is made afterwards, tells that somebody said so. */
    private boolean isOpen(LiveContext context, Look made) {
        return looks == null
                ? made instanceof Look.Done
                : looks.isOpen(
                        place(context),
                        rule(context, wish(context).orElseThrow()).orElseThrow());
    }
}
