// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.diagnosis.ChannelError;
import dev.sluice.api.spi.Symptoms;
import dev.sluice.core.mysql.Dialect;
import java.util.List;

/** An event is larger than the replica lets its receiver take. */
final class PacketTooSmall implements ReceiverRow {
    private static final String MOST = Long.toString(1L << 30);

    @Override
    public String id() {
        return "packet-too-small";
    }

    @Override
    public FailureCode code() {
        return FailureCode.PACKET_TOO_SMALL;
    }

    @Override
    public String recognisedBy() {
        return "receiver's text: larger than replica_max_allowed_packet (numbers 1153, 2020)";
    }

    @Override
    public List<String> remedyNames() {
        return List.of("raise-packet");
    }

    @Override
    public boolean isShownBy(ChannelError error) {
        return error.number() == 1153
                || error.number() == 2020
                || (error.says("max_allowed_packet") && error.says("replica"))
                || error.says("slave_max_allowed_packet");
    }

    @Override
    public FindingDraft describe(FindingDraft draft, Symptoms symptoms) {
        Dialect dialect = Dialect.of(symptoms.replica().version());
        String variable = dialect.variable("replica_max_allowed_packet");
        return draft.seen(symptoms.replica().variable(variable).map(value -> variable + " = " + value))
                .seen(symptoms.source()
                        .flatMap(source -> source.variable("max_allowed_packet"))
                        .map(value -> "max_allowed_packet on the source = " + value))
                .set("raise-packet", "Let the receiver take packets of 1 GiB, the most that there is", variable, MOST);
    }
}
