// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import static dev.sluice.api.operation.OperationSecret.REPLICATION_PASSWORD;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.diagnosis.ChannelState;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.spi.ReplicaTreatments.Pointing;
import dev.sluice.api.spi.ReplicaTreatments.Pointing.Link;
import dev.sluice.api.spi.ReplicaTreatments.Pointing.Login;
import dev.sluice.api.spi.Symptoms;
import dev.sluice.core.mysql.ChangeSource;
import dev.sluice.core.mysql.Dialect;
import java.util.Optional;

/** The statement that changes how a channel reaches its source, and nothing about where it stands. */
final class PointedChannel {
    private PointedChannel() {}

    /** Empty where the version cannot, or where the channel's place is not known. */
    static Optional<Statement> statement(Symptoms symptoms, Pointing pointing) {
        ChannelState channel = symptoms.channel().orElseThrow();
        Dialect dialect = Dialect.of(symptoms.replica().version());
        if (pointing.link() == Link.KEY_OF_SOURCE && !dialect.asksForPublicKey()) {
            return Optional.empty();
        }
        ChangeSource change = dialect.changeSource(Channel.NAME);
        if (!pointing.source().equals(channel.source())) {
            Optional<ChangeSource> placed = placed(change.source(pointing.source()), channel);
            if (placed.isEmpty()) {
                return Optional.empty();
            }
        }
        if (pointing.login() == Login.NEW_PASSWORD) {
            change.login(channel.user(), REPLICATION_PASSWORD);
        }
        return Optional.of(linked(change, pointing.link()).build());
    }

    /**
     * A host makes the server forget its place. While the applier runs it keeps what was fetched, so that the receiver goes on where it is; with both
     * halves stopped it throws that away, so that the receiver goes on where the applier stands.
     */
    private static Optional<ChangeSource> placed(ChangeSource change, ChannelState channel) {
        if (channel.autoPosition()) {
            return Optional.of(change);
        }
        Optional<BinlogPosition> place = channel.applier().isStopped()
                ? channel.applier().position()
                : channel.receiver().position();
        return place.map(at -> change.literal("SOURCE_LOG_FILE", at.file()).number("SOURCE_LOG_POS", at.position()));
    }

    private static ChangeSource linked(ChangeSource change, Link link) {
        return switch (link) {
            case AS_IT_IS -> change;
            case TLS -> change.encrypt();
            case KEY_OF_SOURCE -> change.number("GET_SOURCE_PUBLIC_KEY", 1);
        };
    }

    static String purpose(Pointing pointing) {
        if (pointing.login() == Login.NEW_PASSWORD) {
            return "tell the replica the account's new password";
        }
        return switch (pointing.link()) {
            case AS_IT_IS -> "point the replica at " + pointing.source();
            case TLS -> "encrypt the connection to the source";
            case KEY_OF_SOURCE -> "let the replica ask the source for its key";
        };
    }
}
