// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.SqlOperation;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.RequiredPrivilege;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import dev.sluice.core.mysql.ReplicationAccountStatements;
import dev.sluice.core.mysql.ReplicationAccountStatements.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The account by which the replica logs in to the source exists, may replicate and nothing else, and needs TLS where the source offers it.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MySQL.Procedural.Exporting.NonRDSRepl.html">AWS: replicating out of
 *     RDS</a>
 */
final class CreateReplicationUser implements Step {
    private static final String CREATE = "create-user";
    private static final String GRANT = "grant-replication";
    /** IP addresses, parts of them with wildcards, and networks. */
    private static final Pattern BY_ADDRESS = Pattern.compile("[0-9A-Fa-f:.%_/]+");

    private final ManagedKind kind;

    CreateReplicationUser(ManagedKind kind) {
        this.kind = kind;
    }

    @Override
    public StepKey key() {
        return kind.key("create-replication-user");
    }

    @Override
    public GuideStep row() {
        return GuideStep.CREATE_REPLICATION_USER;
    }

    @Override
    public StepDraft compile(StepContext context) {
        if (context.alreadyReplicating()) {
            return StepDraft.nothing("The replica follows the source already, with this account.");
        }
        List<Problem> problems = problems(context);
        if (!problems.isEmpty()) {
            return new StepDraft(List.of(), List.of(), problems, List.of());
        }
        ReplicationAccountStatements account = ReplicationAccountStatements.of(context.account());
        return account.isListedIn(context.source()) ? existing(account) : fresh(context, account);
    }

    private static List<Problem> problems(StepContext context) {
        List<Problem> problems = new ArrayList<>();
        LinkEncryption.problem(context).ifPresent(problems::add);
        if (context.account().host().isEmpty()) {
            problems.add(Problem.of(
                    ManagedErrorCode.ACCOUNT_HOST_UNKNOWN,
                    "It is not known from which host the replica logs in to the source"));
        } else if (isNeverMatched(context)) {
            problems.add(Problem.of(
                    ManagedErrorCode.ACCOUNT_HOST_BY_NAME,
                    "The source does not look host names up (skip_name_resolve=ON), so that nobody could log in as "
                            + ReplicationAccountStatements.of(context.account())));
        } else if (context.source().accounts().isEmpty()) {
            problems.add(
                    Problem.of(
                            ManagedErrorCode.ACCOUNTS_NOT_VISIBLE,
                            "The user may not see the accounts of the source, and so not whether the replication account exists"));
        } else if (context.account().password().isEmpty()) {
            existsAlready(context).ifPresent(problems::add);
        }
        return problems;
    }

    private static boolean isNeverMatched(StepContext context) {
        String host = context.account().host().orElse("");
        return context.source().isOn("skip_name_resolve")
                && !BY_ADDRESS.matcher(host).matches();
    }

    private static Optional<Problem> existsAlready(StepContext context) {
        ReplicationAccountStatements account = ReplicationAccountStatements.of(context.account());
        return account.isListedIn(context.source())
                ? Optional.of(Problem.of(
                        ManagedErrorCode.ACCOUNT_EXISTS,
                        "The account " + account + " is on the source already, and the plan does not know its password",
                        "Give the password by replicationUser(user, secret), choose another user, or drop the account: "
                                + account.drop().preview()))
                : Optional.empty();
    }

    private static StepDraft existing(ReplicationAccountStatements account) {
        return withPrivileges(StepDraft.of(grant(account))
                .note("The account " + account
                        + " is there already and is kept, with its password and its demand for TLS."));
    }

    private static StepDraft fresh(StepContext context, ReplicationAccountStatements account) {
        LinkEncryption link = LinkEncryption.of(context);
        OperationInfo create = OperationInfo.changing(
                        CREATE, Target.SOURCE, "create the account by which the replica logs in")
                .undoneBy(new Undo(UndoScope.ROLLBACK, "drop " + account, account.dropIfThere(), null));
        StepDraft draft = withPrivileges(StepDraft.of(
                        new SqlOperation(create, account.create(link.demand())),
                        new SqlOperation(
                                OperationInfo.changing(
                                        GRANT, Target.SOURCE, "let the account replicate, and do nothing else"),
                                account.grant())))
                .needs(new RequiredPrivilege(
                        Target.SOURCE, List.of("CREATE USER"), "to create the replication account"));
        if (context.account().password().isEmpty()) {
            draft = draft.note(
                    "The password is made up and lives in the run's memory and on the replica only. A run that is resumed sets a new one"
                            + " where it needs it again: "
                            + account.newPassword().preview()
                            + ". One that failed is resumed, or abandoned before the plan is started again: without the password the"
                            + " account is refused.");
        }
        return link == LinkEncryption.TLS
                ? draft
                : draft.note("The source offers no TLS: the replica logs in and fetches all rows in plain text.");
    }

    /** Only what it needs, so that the undo takes nothing that it had before. */
    private static SqlOperation grant(ReplicationAccountStatements account) {
        return new SqlOperation(
                OperationInfo.changing(GRANT, Target.SOURCE, "let the account replicate, where it may not already")
                        .undoneBy(new Undo(
                                UndoScope.ROLLBACK,
                                "revoke what was granted to " + account,
                                account.revokeReplication(),
                                null)),
                account.grantReplication());
    }

    private static StepDraft withPrivileges(StepDraft draft) {
        return draft.needs(ReplicationAccountStatements.seeing())
                .needs(new RequiredPrivilege(Target.SOURCE, List.of("REPLICATION SLAVE"), "to grant it"))
                .needs(new RequiredPrivilege(Target.SOURCE, List.of("REPLICATION CLIENT"), "to grant it"))
                .needs(new RequiredPrivilege(Target.SOURCE, List.of("GRANT OPTION"), "to grant REPLICATION SLAVE"));
    }

    @Override
    public Look look(LiveContext context) {
        if (context.alreadyReplicating()) {
            return Look.done("the replica follows the source with this account");
        }
        ReplicationAccountStatements account = ReplicationAccountStatements.of(context.account());
        Optional<Found> found = account.find(context.sourceSession());
        if (found.isEmpty()) {
            return StepLook.missing(context, account + " does not exist", List.of(CREATE, GRANT));
        }
        requireUsable(context, account, found.get());
        return found.get().replicates()
                ? Look.done(account + " exists and may replicate")
                : StepLook.missing(context, account + " may not replicate", List.of(GRANT));
    }

    private static void requireUsable(LiveContext context, ReplicationAccountStatements account, Found found) {
        boolean plain = LinkEncryption.of(context) == LinkEncryption.PLAIN_TEXT;
        String why = found.locked()
                ? "is locked"
                : found.needsCertificate()
                        ? "demands a client certificate, which the replica does not have"
                        : found.needsTls() && plain ? "demands TLS, which the source does not offer" : "";
        if (!why.isEmpty()) {
            throw new StepRefusedException(
                    Problem.of(ManagedErrorCode.ACCOUNT_NOT_USABLE, "The account " + account + " " + why));
        }
    }
}
