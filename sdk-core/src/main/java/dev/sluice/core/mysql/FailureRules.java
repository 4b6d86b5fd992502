// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import static java.util.Map.entry;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What each error number of MySQL means for the database. Numbers that are not here fall back to the class of their SQLState.
 *
 * @see <a href="https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html">MySQL: server error reference</a>
 */
final class FailureRules {
    private static final Map<Integer, Rule> BY_NUMBER = Stream.of(
                    all(
                            Rule.refused(ServerErrorCode.PRIVILEGE_MISSING),
                            1044,
                            1045,
                            1142,
                            1143,
                            1227,
                            1370,
                            1419,
                            3530),
                    all(Rule.refused(ServerErrorCode.LOGIN_REFUSED), 1251, 1524, 1698, 1820, 1862, 2061, 3118, 3955),
                    all(Rule.refused(ServerErrorCode.TLS_REQUIRED_BY_SERVER), 3159),
                    all(Rule.refused(ServerErrorCode.HOST_NOT_ALLOWED), 1129, 1130),
                    all(Rule.refused(ServerErrorCode.READ_ONLY), 1792, 1836, 3100),
                    all(Rule.refused(ServerErrorCode.DISK_FULL), 3, 1021, 1114),
                    all(Rule.refused(ServerErrorCode.PACKET_TOO_LARGE), 1153, 2020),
                    all(Rule.refused(ServerErrorCode.NOT_UNDERSTOOD), 1064, 1149, 1193, 1231, 1235, 1289),
                    all(
                            Rule.refused(ServerErrorCode.NO_SUCH_OBJECT),
                            1008,
                            1049,
                            1051,
                            1054,
                            1091,
                            1109,
                            1146,
                            1305,
                            1360),
                    all(Rule.refused(ServerErrorCode.PROCEDURE_REFUSED), 1644),
                    all(Rule.refused(ServerErrorCode.DEFINITION_CHANGED), 1412),
                    all(Rule.unavailable(ServerErrorCode.DEADLOCK), 1213, 1614),
                    all(Rule.unavailable(ServerErrorCode.LOCK_WAIT), 1205, 3058, 3572),
                    all(Rule.unavailable(ServerErrorCode.TOO_MANY_CONNECTIONS), 1040, 1203, 1226),
                    all(Rule.unavailable(ServerErrorCode.OUT_OF_MEMORY), 1037, 1038, 1041, 1135),
                    all(Rule.unavailable(ServerErrorCode.IDLE_TOO_LONG), 4031),
                    all(Rule.ended(ServerErrorCode.TIME_LIMIT), 1907, 3024),
                    all(Rule.ended(ServerErrorCode.STATEMENT_KILLED), 1317, 3169),
                    all(Rule.ended(ServerErrorCode.SHUTTING_DOWN), 1053, 1080, 3032, 3234),
                    all(
                            Rule.ended(ServerErrorCode.CONNECTION_LOST),
                            1152,
                            1158,
                            1159,
                            1160,
                            1161,
                            1184,
                            2006,
                            2013,
                            2055))
            .flatMap(map -> map.entrySet().stream())
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private static final Map<String, Rule> BY_STATE_CLASS = Map.ofEntries(
            entry("08", Rule.ended(ServerErrorCode.CONNECTION_LOST)),
            entry("28", Rule.refused(ServerErrorCode.PRIVILEGE_MISSING)),
            entry("40", Rule.unavailable(ServerErrorCode.DEADLOCK)));

    private FailureRules() {}

    /** The rule for a failed statement. */
    static Rule of(int number, @Nullable String state, String message) {
        if (number == 1290 || number == 1238) {
            return message.contains("read-only") || message.contains("read_only")
                    ? Rule.refused(ServerErrorCode.READ_ONLY)
                    : Rule.refused(ServerErrorCode.REFUSED);
        }
        Rule byNumber = BY_NUMBER.get(number);
        if (byNumber != null) {
            return byNumber;
        }
        String stateClass = state == null || state.length() < 2 ? "" : state.substring(0, 2);
        return BY_STATE_CLASS.getOrDefault(stateClass, Rule.refused(ServerErrorCode.REFUSED));
    }

    private static Map<Integer, Rule> all(Rule rule, int... numbers) {
        return IntStream.of(numbers).boxed().collect(Collectors.toMap(number -> number, number -> rule));
    }

    /** What the failing statement did. */
    enum Outcome {
        /** Nothing, and the same again would fail the same. */
        REFUSED,
        /** Nothing, and the same again may succeed. */
        UNAVAILABLE,
        /** Nothing if it only read; otherwise nobody knows. */
        ENDED_IN_THE_MIDDLE
    }

    /**
     * The meaning of one error.
     *
     * @param code the stable code
     * @param outcome what the failing statement did
     */
    record Rule(ServerErrorCode code, Outcome outcome) {
        static Rule refused(ServerErrorCode code) {
            return new Rule(code, Outcome.REFUSED);
        }

        static Rule unavailable(ServerErrorCode code) {
            return new Rule(code, Outcome.UNAVAILABLE);
        }

        static Rule ended(ServerErrorCode code) {
            return new Rule(code, Outcome.ENDED_IN_THE_MIDDLE);
        }
    }
}
