// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.PersonOperation;
import dev.sluice.api.operation.Question;
import dev.sluice.api.operation.Target;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a temporary server answers that a person has made, as the person tells it: where it cannot be told from the source's own name. What AWS
 * prints of it, a name and a port, is an answer, and so is {@code name:port}.
 */
public final class ToldAddress {
    /** The id of the operation that asks for it. */
    public static final String TELL = "tell-where-it-answers";

    private static final String PORT = "[1-9]\\d{0,3}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d{2}|655[0-2]\\d|6553[0-5]";

    /** A name or an IP address, and a port where it is not MySQL's. {@code None} is what AWS prints as long as there is no address. */
    static final String PATTERN =
            "\\s*(?!None\\b)([A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?)(?:(?::|\\s+)(" + PORT + "))?\\s*";

    private static final Pattern TOLD = Pattern.compile(PATTERN);
    private static final Question QUESTION =
            new Question("where it answers, as this program reaches it: <host> <port>", PATTERN);

    private ToldAddress() {}

    /** Asks for it. */
    public static PersonOperation asking(String command) {
        return new PersonOperation(
                OperationInfo.reading(TELL, Target.SOURCE, "tell where the temporary server answers"),
                List.of(command),
                PersonOperation.DEFAULT_DEADLINE,
                QUESTION);
    }

    /**
     * The address; empty as long as nobody has told it.
     *
     * @param told what was told of an operation
     */
    public static Optional<ServerAddress> in(Function<String, Optional<String>> told) {
        return told.apply(TELL).map(ToldAddress::parse);
    }

    private static ServerAddress parse(String answer) {
        Matcher matcher = TOLD.matcher(answer);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("No address was told");
        }
        String port = matcher.group(2);
        return new ServerAddress(matcher.group(1), port == null ? ServerAddress.DEFAULT_PORT : Integer.parseInt(port));
    }
}
