// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.diagnosis;

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

/** The account on the source by which the replica logs in. */
final class SourceAccount {
    private SourceAccount() {}

    /** Empty unless the source shows exactly one of the channel's user: which host part is meant is not guessed. */
    static Optional<ReplicationAccountStatements> of(Symptoms symptoms) {
        List<String> hosts = hosts(symptoms);
        return hosts.size() == 1
                ? Optional.of(ReplicationAccountStatements.of(
                        new ReplicationAccount(channel(symptoms).user(), hosts.get(0), null)))
                : Optional.empty();
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

    /** What is special about it. */
    static Optional<String> told(ReplicationAccountStatements account, Symptoms symptoms) {
        return found(account, symptoms)
                .map(found -> "it is " + (found.locked() ? "locked" : "not locked") + ", "
                        + (found.replicates() ? "may replicate" : "may not replicate") + ", "
                        + (found.needsTls() ? "demands TLS" : "does not demand TLS"));
    }

    private static Optional<Found> found(ReplicationAccountStatements account, Symptoms symptoms) {
        try {
            return symptoms.sourceSession().flatMap(account::find);
        } catch (StepRefusedException notForThisUser) {
            return Optional.empty();
        }
    }

    /** Nothing unless it is locked. */
    static List<Operation> unlocked(Optional<ReplicationAccountStatements> account, Symptoms symptoms) {
        return account.filter(
                        known -> found(known, symptoms).filter(Found::locked).isPresent())
                .map(known -> changed("unlock", "let the account log in again", known.unlock(), symptoms))
                .orElse(List.of());
    }

    /**
     * Nothing unless it may not replicate. A GRANT is replicated, and stops replicas that do not have the account, so that this one has to have it, too;
     * other statements about accounts say IF EXISTS.
     */
    static List<Operation> granted(Optional<ReplicationAccountStatements> account, Symptoms symptoms) {
        return account.filter(known -> known.isListedIn(symptoms.replica()))
                .filter(known -> found(known, symptoms)
                        .filter(found -> !found.replicates())
                        .isPresent())
                .map(known -> changed("grant", "let the account replicate", known.grantReplication(), symptoms))
                .orElse(List.of());
    }

    private static List<Operation> changed(String id, String purpose, Statement change, Symptoms symptoms) {
        List<Operation> start = symptoms.treatments().start(symptoms);
        if (start.isEmpty()) {
            return List.of();
        }
        List<Operation> all = new ArrayList<>();
        all.add(new SqlOperation(OperationInfo.changing(id, Target.SOURCE, purpose), change));
        all.addAll(start);
        return all;
    }

    /** First the account, then the replica. */
    static List<Operation> newPassword(ReplicationAccountStatements account, Symptoms symptoms) {
        return newPassword(account, symptoms, channel(symptoms).source());
    }

    /** The same for a source that answers elsewhere. */
    static List<Operation> newPassword(ReplicationAccountStatements account, Symptoms symptoms, ServerAddress source) {
        return told(account.newPassword(), "give the account a new password", symptoms, source);
    }

    /** With the plugin that sends it without TLS; nothing where the source does not have it any more. */
    static List<Operation> nativePassword(ReplicationAccountStatements account, Symptoms symptoms) {
        boolean has = symptoms.source()
                .filter(source -> !source.version().isAtLeast(8, 4, 0))
                .isPresent();
        return has
                ? told(
                                account.newNativePassword(),
                                "give the account another plugin and a new password",
                                symptoms,
                                channel(symptoms).source())
                        .stream()
                        .map(operation -> Demanding.consent(operation, Consent.PLAIN_TEXT))
                        .toList()
                : List.of();
    }

    private static List<Operation> told(Statement change, String purpose, Symptoms symptoms, ServerAddress source) {
        List<Operation> telling = symptoms.treatments()
                .point(symptoms, new Pointing(source, Pointing.Link.AS_IT_IS, Pointing.Login.NEW_PASSWORD));
        if (telling.isEmpty()) {
            return List.of();
        }
        List<Operation> all = new ArrayList<>();
        all.add(new SqlOperation(OperationInfo.changing("new-password", Target.SOURCE, purpose), change));
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
