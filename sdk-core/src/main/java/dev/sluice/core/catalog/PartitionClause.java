// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.catalog;

import dev.sluice.core.mysql.Quote;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts names in the partition clause of a definition into backticks. Up to 5.7 servers leave them bare unless they are reserved
 * words of that version, and later versions reserve more. Thread-safe: no state.
 */
final class PartitionClause {
    /** Behind the table's options; in comments and values line feeds are escaped. */
    private static final Pattern BEGIN = Pattern.compile("\\n/\\*!50[15]00 PARTITION BY ");

    private static final Pattern PARTITION =
            Pattern.compile("(?m)^([ (]*(?:SUB)?PARTITION )(?!BY )([0-9A-Za-z_$\\u0080-\\uFFFF]+)(?= )");

    private static final Pattern METHOD = Pattern.compile("(?m)^(?:/\\*!50[15]00 |SUB)PARTITION BY .*$");

    /** A quoted text or name, which stays, or a word, with what tells a function or a unit of time behind it. */
    private static final Pattern TOKEN = Pattern.compile(
            "`(?:[^`]|``)*`|'(?:[^'\\\\]|''|\\\\.)*'" + "|([0-9A-Za-z_$\\u0080-\\uFFFF]+)(\\s*\\(|\\s+from\\s)?",
            Pattern.CASE_INSENSITIVE);

    private PartitionClause() {}

    /** The same definition with all names quoted; unchanged if the table has no partitions. */
    static String quoted(String createStatement, List<ColumnDefinition> columns) {
        Matcher begin = BEGIN.matcher(createStatement);
        if (!begin.find()) {
            return createStatement;
        }
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        columns.forEach(column -> names.add(column.name()));
        String clause = METHOD.matcher(createStatement.substring(begin.start()))
                .replaceAll(line -> Matcher.quoteReplacement(quotedMethod(line.group(), names)));
        return createStatement.substring(0, begin.start())
                + PARTITION
                        .matcher(clause)
                        .replaceAll(
                                found -> Matcher.quoteReplacement(found.group(1) + Quote.identifier(found.group(2))));
    }

    /** Names of columns stand within parentheses only; words of the grammar do not. */
    private static String quotedMethod(String line, Set<String> columns) {
        int open = line.indexOf('(');
        if (open < 0) {
            return line;
        }
        return line.substring(0, open)
                + TOKEN.matcher(line.substring(open))
                        .replaceAll(token -> Matcher.quoteReplacement(
                                token.group(1) != null && token.group(2) == null && columns.contains(token.group(1))
                                        ? Quote.identifier(token.group(1))
                                        : token.group()));
    }
}
