// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.diagnosis.ChannelError;
import dev.sluice.api.diagnosis.ChannelState;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.SqlOperation;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.ReplicationAccount;
import dev.sluice.api.spi.ReplicaTreatments.Pointing;
import dev.sluice.api.spi.Symptoms;
import dev.sluice.core.mysql.Quote;
import dev.sluice.core.mysql.ReplicationAccountStatements;
import dev.sluice.core.mysql.ReplicationAccountStatements.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The account on the source by which the replica logs in. Not thread-safe, as symptoms are not. */
final class SourceAccount {
    private static final int WRONG_PASSWORD = 1045;

    /** Servers have found the account before they say so. */
    private static final List<Integer> EXPIRED = List.of(1820, 1862);

    /** Said also to who comes from where no account is for. */
    private static final List<Integer> ALSO_WITHOUT_ACCOUNT = List.of(WRONG_PASSWORD, 1130, 1698, 2061);

    private final Symptoms symptoms;
    private final ReplicationAccountStatements statements;
    private final String host;

    /** Null where the user may not see it. */
    private final @Nullable Found found;

    private SourceAccount(Symptoms symptoms, String host) {
        this.symptoms = symptoms;
        this.host = host;
        this.statements = ReplicationAccountStatements.of(
                new ReplicationAccount(channel(symptoms).user(), host, null));
        this.found = find(statements, symptoms).orElse(null);
    }

    /** Empty unless the source shows exactly one of the channel's user: which host part is meant is not guessed. */
    static Optional<SourceAccount> of(Symptoms symptoms) {
        List<String> hosts = hosts(symptoms);
        return hosts.size() == 1 ? Optional.of(new SourceAccount(symptoms, hosts.get(0))) : Optional.empty();
    }

    static Optional<String> listed(Symptoms symptoms) {
        return symptoms.source().map(source -> {
            List<String> hosts = hosts(symptoms);
            return hosts.isEmpty()
                    ? "the source shows no account of user " + channel(symptoms).user()
                    : "accounts of user " + channel(symptoms).user() + " on the source: from "
                            + String.join(", ", hosts);
        });
    }

    private static Optional<Found> find(ReplicationAccountStatements account, Symptoms symptoms) {
        try {
            return symptoms.sourceSession().flatMap(account::find);
        } catch (StepRefusedException notForThisUser) {
            return Optional.empty();
        }
    }

    /** What is special about it. */
    Optional<String> told() {
        return seen().map(known -> "it is " + (known.locked() ? "locked" : "not locked") + ", "
                + (known.replicates() ? "may replicate" : "may not replicate") + ", "
                + (known.needsTls() ? "demands TLS" : "does not demand TLS"));
    }

    private Optional<Found> seen() {
        return Optional.ofNullable(found);
    }

    /**
     * Whether it is the one that the source refused: an account for another address is somebody else's. Replicas of 5.7 do not show the address that the
     * source saw, so that only an account for all of them is certain to be meant.
     */
    boolean isMeantBy(ChannelError refused) {
        return AccountHost.refused(refused)
                .map(new AccountHost(host)::admits)
                .orElseGet(() -> host.equals("%") || !ALSO_WITHOUT_ACCOUNT.contains(refused.number()));
    }

    /** Nothing unless it is locked. */
    List<Operation> unlocked() {
        return seen().filter(Found::locked).isPresent()
                ? changed("unlock", "let the account log in again", statements.unlock())
                : List.of();
    }

    /** Nothing unless it lets in who encrypts, and the channel does not. */
    List<Operation> encrypted() {
        return seen().filter(known -> known.needsTls() && !known.needsCertificate())
                        .filter(any -> !channel(symptoms).tls())
                        .isPresent()
                ? Links.encrypted(symptoms)
                : List.of();
    }

    /**
     * Nothing unless it may not replicate. A GRANT is replicated, and stops replicas that do not have the account, so that this one has to have it, too;
     * other statements about accounts say IF EXISTS.
     */
    List<Operation> granted() {
        return seen().filter(known -> !known.replicates()).isPresent() && statements.isListedIn(symptoms.replica())
                ? changed("grant", "let the account replicate", statements.grantReplication())
                : List.of();
    }

    private List<Operation> changed(String id, String purpose, Statement change) {
        List<Operation> start = symptoms.treatments().start(symptoms);
        if (start.isEmpty()) {
            return List.of();
        }
        List<Operation> all = new ArrayList<>();
        all.add(new SqlOperation(OperationInfo.changing(id, Target.SOURCE, purpose), change));
        all.addAll(start);
        return all;
    }

    /** Nothing unless the password is what the source refused. First the account, then the replica. */
    List<Operation> newPassword(ChannelError refused) {
        boolean isPassword = refused.number() == WRONG_PASSWORD || EXPIRED.contains(refused.number());
        return isPassword && isMeantBy(refused) ? newPassword(channel(symptoms).source()) : List.of();
    }

    /** The same for a source that answers elsewhere, where no login was refused. */
    List<Operation> newPassword(ServerAddress source) {
        return letsIn(channel(symptoms).tls())
                ? told(statements.newPassword(), "give the account a new password", source)
                : List.of();
    }

    /** With the plugin that sends it without TLS; nothing where the source does not have it any more. */
    List<Operation> nativePassword(ChannelError refused) {
        boolean has = symptoms.source()
                .filter(source -> !source.version().isAtLeast(8, 4, 0))
                .isPresent();
        if (!has || !letsIn(false) || !isMeantBy(refused)) {
            return List.of();
        }
        return told(
                        statements.newNativePassword(),
                        "give the account another plugin and a new password",
                        channel(symptoms).source())
                .stream()
                .map(operation -> operation.info().consent().isPresent()
                        ? operation
                        : Demanding.consent(operation, Consent.PLAIN_TEXT))
                .toList();
    }

    /** Whether nothing but the password keeps a replica out, as far as it can be seen. */
    private boolean letsIn(boolean encrypted) {
        return seen().filter(known -> !known.locked() && !known.needsCertificate())
                .filter(known -> encrypted || !known.needsTls())
                .isPresent();
    }

    /** Nothing where it cannot be seen who else is logged in. */
    private List<Operation> told(Statement change, String purpose, ServerAddress source) {
        List<Operation> telling = symptoms.treatments()
                .point(symptoms, new Pointing(source, Pointing.Link.AS_IT_IS, Pointing.Login.NEW_PASSWORD));
        if (telling.isEmpty() || AccountLogins.ofOthers(symptoms).isEmpty()) {
            return List.of();
        }
        List<Operation> all = new ArrayList<>();
        all.add(new SqlOperation(
                OperationInfo.changing("new-password", Target.SOURCE, purpose)
                        .disruptiveWith(Consent.ACCOUNT_PASSWORD_CHANGE),
                change));
        all.addAll(telling);
        return all;
    }

    /** Of the accounts that the facts list, quoted as they are, those of this user. */
    private static List<String> hosts(Symptoms symptoms) {
        String beginning = Quote.literal(channel(symptoms).user()) + "@'";
        return symptoms.source().map(source -> source.accounts()).orElse(List.of()).stream()
                .filter(account -> account.startsWith(beginning))
                .map(account -> account.substring(beginning.length(), account.length() - 1))
                .toList();
    }

    private static ChannelState channel(Symptoms symptoms) {
        return symptoms.channel().orElseThrow();
    }
}
