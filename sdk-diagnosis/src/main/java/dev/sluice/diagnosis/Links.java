// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.diagnosis.ChannelState;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.spi.ReplicaTreatments.Pointing;
import dev.sluice.api.spi.ReplicaTreatments.Pointing.Link;
import dev.sluice.api.spi.ReplicaTreatments.Pointing.Login;
import dev.sluice.api.spi.Symptoms;
import java.util.List;
import java.util.Optional;

/** Other ways for a channel to reach the source that it has, without losing its place. */
final class Links {
    private Links() {}

    /** Nothing where the source says that it has no TLS. */
    static List<Operation> encrypted(Symptoms symptoms) {
        return symptoms.source().filter(source -> !source.tlsOffered()).isPresent()
                ? List.of()
                : pointed(symptoms, channel(symptoms).source(), Link.TLS);
    }

    static List<Operation> withKeyOfSource(Symptoms symptoms) {
        return pointed(symptoms, channel(symptoms).source(), Link.KEY_OF_SOURCE).stream()
                .map(operation -> Demanding.consent(operation, Consent.PLAIN_TEXT))
                .toList();
    }

    /** Nothing unless the server that was named is the one that the channel has followed, at another address. */
    static List<Operation> repointed(Symptoms symptoms) {
        Optional<ServerAddress> now = symptoms.sourceAsSeenByReplica()
                .filter(address -> !address.equals(channel(symptoms).source()));
        return now.isPresent() && isSameServer(symptoms) ? moved(symptoms, now.get()) : List.of();
    }

    /** Servers that have to be told the password as well are told a new one. */
    private static List<Operation> moved(Symptoms symptoms, ServerAddress source) {
        List<Operation> keepingPassword = pointed(symptoms, source, Link.AS_IT_IS);
        return keepingPassword.isEmpty()
                ? SourceAccount.of(symptoms)
                        .map(account -> account.newPassword(source))
                        .orElse(List.of())
                : keepingPassword;
    }

    private static boolean isSameServer(Symptoms symptoms) {
        String known = channel(symptoms).sourceUuid();
        return !known.isEmpty()
                && symptoms.source()
                        .filter(source -> source.serverUuid().equalsIgnoreCase(known))
                        .isPresent();
    }

    private static List<Operation> pointed(Symptoms symptoms, ServerAddress source, Link link) {
        return symptoms.treatments().point(symptoms, new Pointing(source, link, Login.AS_IT_IS));
    }

    private static ChannelState channel(Symptoms symptoms) {
        return symptoms.channel().orElseThrow();
    }
}
