// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.front;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommandsTest {
    private static final String LOCK = "\u0003FLUSH TABLES WITH READ LOCK";

    private final QueryRules rules =
            QueryRules.of("admin").refusing("FLUSH TABLES WITH READ LOCK", 1045, "28000", "denied");
    private final Commands commands = new Commands();

    @BeforeEach
    void logIn() {
        commands.user("admin");
        pass(2, "answer to the server's question about the password");
        pass(0, "\u0003SELECT 1");
    }

    private static Packet packet(int sequence, String text) {
        return new Packet(sequence, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void pass(int sequence, String text) {
        assertThat(commands.judge(packet(sequence, text), rules)).isInstanceOf(Commands.Verdict.Pass.class);
    }

    private void refuse(int sequence, String text) {
        assertThat(commands.judge(packet(sequence, text), rules))
                .isInstanceOfSatisfying(Commands.Verdict.Refuse.class, refused -> {
                    assertThat(refused.error().sequence()).isEqualTo(1);
                    assertThat(new String(refused.error().payload(), StandardCharsets.ISO_8859_1))
                            .isEqualTo("\u00FF\u0015\u0004#28000denied");
                });
    }

    @Test
    void queriesAreJudgedAndSoAreThosePreparedForLater() {
        refuse(0, LOCK);
        refuse(0, "\u0016FLUSH TABLES WITH READ LOCK");
        pass(0, "\u0002FLUSH TABLES WITH READ LOCK"); // a database of that name
    }

    @Test
    void theContentOfAFileIsNoQuery() {
        pass(0, "\u0003LOAD DATA LOCAL INFILE 'x' INTO TABLE t");
        for (int sequence = 2; sequence < 256; sequence++) {
            pass(sequence, "rows");
        }
        pass(0, LOCK);
        pass(1, "");
        refuse(0, LOCK);
    }

    @Test
    void theRestOfALongQueryIsNoQuery() {
        byte[] whole = new byte[Packet.LONGEST];
        whole[0] = 3;
        assertThat(commands.judge(new Packet(0, whole), rules)).isInstanceOf(Commands.Verdict.Pass.class);
        pass(1, LOCK);
        refuse(0, LOCK);
    }

    @Test
    void aSessionMayChangeItsAccount() {
        pass(0, "\u0011someone\u0000and the rest");
        pass(2, "a password");
        pass(0, LOCK);
        pass(0, "\u0011admin\u0000and the rest");
        refuse(0, LOCK);
    }
}
