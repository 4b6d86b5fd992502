// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import dev.sluice.api.spi.ServerSession;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How runs of different replicas tell each other that they need the binary logs of the source that they share, and what its retention was before
 * the first of them raised it: by named locks, which take no privilege, work on managed servers and go with the session of who holds them. One
 * lock is the need; which of the others beside it are held are the bits of the number. Thread-safe: no state.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/locking-functions.html">MySQL: GET_LOCK, of which a session may hold many</a>
 */
public final class SharedRetention {
    /** Among the facts' variables: the retention as runs of others have raised it, where the variable itself is as it was before them. */
    public static final String RAISED = "sluice.retention-raised-by-others";

    /** So many runs may need one source's logs at a time; those beyond are not seen by others. */
    private static final int RUNS = 8;

    /** Seconds of 32 bits, and one more. */
    private static final int BITS = 33;

    private static final String NAME = "dev.sluice.logs.";
    private static final String NEEDED = IntStream.range(0, RUNS)
            .mapToObj(run -> "IS_USED_LOCK(" + Quote.literal(NAME + run) + ")")
            .collect(Collectors.joining(", ", "COALESCE(", ")"));

    private SharedRetention() {}

    /** Whether any run needs the logs; who asks does not tell so itself at the moment. */
    public static boolean isNeeded(ServerSession source) {
        return source.queryValue("SELECT " + NEEDED).isPresent();
    }

    /** A query that returns what another one does, or that a run needs the logs. */
    public static String unlessNeeded(String query) {
        return "SELECT IF(" + NEEDED + " IS NULL, (" + query + "), 'another run needs the logs')";
    }

    /** The number that runs tell which need the logs now; empty if none does. */
    public static OptionalLong told(ServerSession source) {
        for (int run = 0; run < RUNS; run++) {
            if (source.queryValue("SELECT IS_USED_LOCK(" + Quote.literal(NAME + run) + ")")
                    .isPresent()) {
                return number(source, run);
            }
        }
        return OptionalLong.empty();
    }

    private static OptionalLong number(ServerSession source, int run) {
        String sum = IntStream.range(0, BITS)
                .mapToObj(bit -> "IF(IS_USED_LOCK(" + bit(run, bit) + ") IS NULL, 0, " + (1L << bit) + ")")
                .collect(Collectors.joining(" + "));
        return OptionalLong.of(
                source.queryValue("SELECT " + sum).map(Long::parseLong).orElseThrow());
    }

    /**
     * Tells the need, for as long as the session is open.
     *
     * @param number not negative, of at most 33 bits; the same for all runs that need the logs at a time
     * @return whether there was room for one more run
     */
    public static boolean tell(ServerSession session, long number) {
        for (int run = 0; run < RUNS; run++) {
            // Nobody reads the bits before the need itself is told, and nobody else tells any under this number.
            if (isGot(session, Quote.literal(NAME + run + ".telling"))) {
                for (int bit = 0; bit < BITS; bit++) {
                    if ((number >> bit & 1) == 1) {
                        isGot(session, bit(run, bit));
                    }
                }
                return isGot(session, Quote.literal(NAME + run));
            }
        }
        return false;
    }

    /** Whether this session tells a need. */
    public static boolean isTelling(ServerSession session) {
        return session.queryValue("SELECT " + NEEDED + " IS NOT NULL AND CONNECTION_ID() IN (" + holders() + ")")
                .filter("1"::equals)
                .isPresent();
    }

    private static String holders() {
        return IntStream.range(0, RUNS)
                .mapToObj(run -> "IS_USED_LOCK(" + Quote.literal(NAME + run) + ")")
                .map(holder -> "COALESCE(" + holder + ", 0)")
                .collect(Collectors.joining(", "));
    }

    /** Nobody sees the need any more when this returns; the session is to be closed then. */
    public static void stopTelling(ServerSession session) {
        session.queryValue(IntStream.range(0, RUNS)
                .mapToObj(run -> "RELEASE_LOCK(" + Quote.literal(NAME + run) + ")")
                .collect(Collectors.joining(", ", "SELECT ", "")));
    }

    private static boolean isGot(ServerSession session, String lock) {
        return session.queryValue("SELECT GET_LOCK(" + lock + ", 0)")
                .filter("1"::equals)
                .isPresent();
    }

    private static String bit(int run, int bit) {
        return Quote.literal(NAME + run + "." + bit);
    }
}
