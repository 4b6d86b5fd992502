// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.front;

import java.util.Optional;

/** Tells which of a client's packets are queries, and of whom. Used by one thread. */
final class Commands {
    private static final int QUERY = 0x03;
    private static final int CHANGE_USER = 0x11;
    private static final int PREPARE = 0x16;

    private String user = "";
    private boolean continued;
    private boolean authenticates = true;
    private boolean inFile;

    /** What becomes of a packet: it goes to the server, or is answered with an error. */
    sealed interface Verdict {
        /** To the server, perhaps changed. */
        record Pass(Packet packet) implements Verdict {}

        /** To the client. */
        record Refuse(Packet error) implements Verdict {}
    }

    void user(String name) {
        user = name;
    }

    Verdict judge(Packet packet, QueryRules rules) {
        return beginsCommand(packet) ? judgeCommand(packet, rules) : new Verdict.Pass(packet);
    }

    /** Numbers begin at 0 with each command; those of a file that the server has asked for come round to 0 again, until its empty end. */
    private boolean beginsCommand(Packet packet) {
        boolean continuation = continued;
        continued = packet.payload().length == Packet.LONGEST;
        if (inFile) {
            inFile = packet.payload().length > 0;
            return false;
        }
        if (continuation) {
            return false;
        }
        inFile = packet.sequence() > 0 && !authenticates && packet.payload().length > 0;
        return packet.sequence() == 0;
    }

    private Verdict judgeCommand(Packet packet, QueryRules rules) {
        authenticates = packet.first() == CHANGE_USER;
        if (authenticates) {
            user = packet.textFrom(1);
        }
        boolean asks = packet.first() == QUERY || packet.first() == PREPARE;
        String query = asks ? packet.text() : "";
        if (!asks || continued || !rules.concern(user, query)) {
            return new Verdict.Pass(packet);
        }
        Optional<QueryRules.Refusal> refusal = rules.refusal(query);
        if (refusal.isPresent()) {
            return new Verdict.Refuse(refusal.get().packet(packet.sequence() + 1));
        }
        String changed = rules.rewritten(query);
        return new Verdict.Pass(changed.equals(query) ? packet : packet.withText(changed));
    }
}
