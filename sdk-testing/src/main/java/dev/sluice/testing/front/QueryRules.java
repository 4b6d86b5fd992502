// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.front;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * What a {@link QueryFront} makes of the queries of one account: some are refused with an error, some become other queries.
 *
 * <pre>{@code
 * QueryRules.of("admin")
 *         .refusing("FLUSH TABLES WITH READ LOCK", 1045, "28000", "Access denied")
 *         .rewriting("SHOW ENGINES", "SELECT 'InnoDB' AS Engine")
 * }</pre>
 *
 * <p>Patterns are regular expressions that must fit the whole query, without regard to case, where a blank stands for any white space. Before
 * they are tried, comments and blanks at both ends, and a semicolon at the end, are taken off. Refusals come first, then each rewriting takes
 * what the one before it has made. Queries that a client prepares are judged as well; those in multi-statements, and those of more than
 * 64 KiB, are not. Texts are
 * shown one character a byte, so patterns and replacements are of ASCII. Immutable and thread-safe.
 */
public final class QueryRules {
    private static final Pattern EDGES =
            Pattern.compile("^(?:\\s+|/\\*(?!!).*?\\*/|--\\s[^\\n]*\\n|#[^\\n]*\\n)+|[\\s;]+$", Pattern.DOTALL);

    private static final int LONGEST = 64 * 1024;

    private final String user;
    private final List<Rule> refusals;
    private final List<UnaryOperator<String>> rewritings;

    private record Rule(Pattern pattern, Refusal refusal) {}

    /** The error that a query is answered with. */
    record Refusal(int code, String state, String text) {
        Packet packet(int sequence) {
            return Handshake.error(sequence, code, state, text);
        }
    }

    private QueryRules(String user, List<Rule> refusals, List<UnaryOperator<String>> rewritings) {
        this.user = user;
        this.refusals = List.copyOf(refusals);
        this.rewritings = List.copyOf(rewritings);
    }

    /** No rules yet, for sessions of this user whatever its host; those of all others pass. */
    public static QueryRules of(String user) {
        return new QueryRules(user, List.of(), List.of());
    }

    /**
     * Answers queries with an error.
     *
     * @param regex what the whole query must be like
     * @param code MySQL's number of the error
     * @param state its SQLSTATE, five characters
     * @param text its message
     */
    public QueryRules refusing(String regex, int code, String state, String text) {
        List<Rule> more = new ArrayList<>(refusals);
        more.add(new Rule(pattern(regex), new Refusal(code, state, text)));
        return new QueryRules(user, more, rewritings);
    }

    /**
     * Makes queries other queries.
     *
     * @param regex what the whole query must be like
     * @param replacement the other query, in which {@code $1} is the first group of the pattern
     */
    public QueryRules rewriting(String regex, String replacement) {
        Pattern pattern = pattern(regex);
        return rewriting(query -> pattern.matcher(query).replaceFirst(replacement));
    }

    /** Makes queries other queries; what it has no interest in, the function returns as it is. It is called by many threads. */
    public QueryRules rewriting(UnaryOperator<String> function) {
        List<UnaryOperator<String>> more = new ArrayList<>(rewritings);
        more.add(function);
        return new QueryRules(user, refusals, more);
    }

    private static Pattern pattern(String regex) {
        return Pattern.compile("^(?:" + regex.replace(" ", "\\s+") + ")$", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    /** Whether a query is looked at. */
    boolean concern(String name, String query) {
        return user.equals(name) && query.length() <= LONGEST;
    }

    Optional<Refusal> refusal(String query) {
        String bare = bare(query);
        return refusals.stream()
                .filter(rule -> rule.pattern().matcher(bare).matches())
                .map(Rule::refusal)
                .findFirst();
    }

    /** The query itself, not its bare form, where nothing is rewritten. */
    String rewritten(String query) {
        String bare = bare(query);
        String changed = bare;
        for (UnaryOperator<String> rewriting : rewritings) {
            changed = rewriting.apply(changed);
        }
        return changed.equals(bare) ? query : changed;
    }

    private static String bare(String query) {
        return EDGES.matcher(query).replaceAll("");
    }
}
