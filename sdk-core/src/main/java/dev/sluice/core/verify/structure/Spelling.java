// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify.structure;

import dev.sluice.api.facts.ServerVersion;
import dev.sluice.core.mysql.SqlModes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Undoes what servers of two versions spell differently, and leaves what means something. Between servers of the same version hardly anything is
 * undone. Immutable and thread-safe.
 *
 * @see <a href="https://dev.mysql.com/doc/relnotes/mysql/8.0/en/news-8-0-19.html">MySQL 8.0.19: display width is left out</a>
 */
final class Spelling {
    private static final Pattern WIDTH = Pattern.compile("(tinyint|smallint|mediumint|int|bigint|year)\\(\\d+\\)");
    private static final Pattern OLD_UTF8 = Pattern.compile("\\butf8(?=_|\\b)");
    /** The character sets in which servers keep expressions: that a string is in one of them is told or not, as it happens. */
    private static final Set<String> UTF8_INTRODUCERS = Set.of("_utf8", "_utf8mb3", "_utf8mb4");

    private static final Pattern LONG_TYPE = Pattern.compile("blob|text|json|geom|point|linestring|polygon");

    private final boolean sameVersion;

    private final boolean sameSeries;

    private final boolean allDefaultsShown;

    private Spelling(boolean sameVersion, boolean sameSeries, boolean allDefaultsShown) {
        this.sameVersion = sameVersion;
        this.sameSeries = sameSeries;
        this.allDefaultsShown = allDefaultsShown;
    }

    /** 8.0.15 shows no default of a long type, 8.0.31 does; between them it was not tried. */
    private static boolean showsAllDefaults(ServerVersion version) {
        return version.isAtLeast(8, 0, 31);
    }

    /** How these two have to be read to be compared. */
    static Spelling between(ServerVersion one, ServerVersion other) {
        return new Spelling(
                one.equals(other),
                one.major() == other.major() && one.minor() == other.minor(),
                showsAllDefaults(one) && showsAllDefaults(other));
    }

    /** A column's or parameter's type. Only tinyint(1) and zero-filled numbers have a width that means something. */
    String type(String type) {
        if (type.contains("zerofill") || type.startsWith("tinyint(1)")) {
            return type;
        }
        Matcher width = WIDTH.matcher(type);
        if (width.lookingAt()) {
            return width.group(1) + type.substring(width.end());
        }
        return type.equals("geometrycollection") ? "geomcollection" : type;
    }

    /** A character set or collation: utf8 is called utf8mb3 by newer servers. */
    String charset(String name) {
        return OLD_UTF8.matcher(name).replaceAll("utf8mb3");
    }

    /** What a foreign key does: to do nothing is called in two ways, which mean the same in InnoDB. */
    String rule(String rule) {
        return rule.equals("RESTRICT") ? "NO ACTION" : rule;
    }

    /** A column's default. What one of the versions does not show cannot be compared. */
    String columnDefault(Optional<String> shown, String type, String extra) {
        if (!sameVersion
                && !allDefaultsShown
                && extra.contains("DEFAULT_GENERATED")
                && LONG_TYPE.matcher(type).find()) {
            return "default by an expression";
        }
        return shown.map(text -> "default '" + text + "'").orElse("no default");
    }

    /** How often an event runs. Between versions, '1:30' HOUR_MINUTE and 90 HOUR_MINUTE are the same. */
    String interval(String value, String field) {
        return sameVersion ? value : EventInterval.inSmallestUnit(value, field);
    }

    /** A column's extra attributes; that a default is an expression is told by newer servers only. */
    String extra(String extra) {
        return extra.replace("DEFAULT_GENERATED", "").replace("()", "").strip();
    }

    /** A table's options in order, without those that are told elsewhere. */
    String options(String options) {
        return Arrays.stream(options.split(" "))
                .filter(option -> !option.isBlank() && !option.equals("partitioned"))
                .sorted()
                .collect(Collectors.joining(" "));
    }

    /** The modes under which a routine runs, without those that newer servers no longer have. */
    String sqlMode(String modes) {
        String known = sameVersion ? modes : SqlModes.withoutFormer(modes);
        return Arrays.stream(known.split(",")).distinct().sorted().collect(Collectors.joining(","));
    }

    /**
     * An expression or a view's query, as the server prints it from what it has understood; strings stay as they are. Introducers come and go
     * with every ALTER TABLE; other versions, of the same series as well, put needless parentheses in other places, name the database or not, and write
     * IS NULL as a function.
     */
    String expression(String printed, String database) {
        return written(Escapes.undone(printed, false), database);
    }

    /** The same of a column, an index or a check, by the server that shows it. */
    String expression(String shown, String database, ServerVersion server) {
        return written(Escapes.undone(shown, server.isAtLeast(8, 0, 0)), database);
    }

    private String written(String expression, String database) {
        List<Term> terms = alike(PrintedSql.terms(expression), database);
        return Term.written(sameVersion ? terms : Parentheses.withoutNeedless(terms));
    }

    /** What a table is partitioned by: depending on the version as the user wrote it, or printed under his modes. Columns have no case. */
    String partitioning(String printed) {
        return Term.written(
                unquoted(Parentheses.withoutNeedless(alike(PrintedSql.terms(Escapes.undone(printed, false)), ""))));
    }

    private static List<Term> unquoted(List<Term> terms) {
        return terms.stream().map(Spelling::unquoted).toList();
    }

    private static Term unquoted(Term term) {
        if (term instanceof Group group) {
            return new Group(unquoted(group.terms()));
        }
        Piece piece = (Piece) term;
        return piece.kind() == Piece.Kind.NAME || piece.kind() == Piece.Kind.QUOTED ? Piece.word(piece.text()) : piece;
    }

    private List<Term> alike(List<Term> terms, String database) {
        List<Term> alike = new ArrayList<>();
        for (int i = 0; i < terms.size(); i++) {
            Term term = terms.get(i);
            @Nullable Term next = i + 1 < terms.size() ? terms.get(i + 1) : null;
            if (!sameVersion && term.isWord("isnull") && next instanceof Group argument) {
                Group tested = new Group(alike(argument.terms(), database));
                alike.add(new Group(List.of(tested, Piece.word("is"), Piece.word("null"))));
                i++;
            } else if (!sameVersion && isOwn(database, i, terms)) {
                i++;
            } else if (!isNeedlessIntroducer(term, next)) {
                alike.add(alike(term, database));
            }
        }
        return alike;
    }

    private Term alike(Term term, String database) {
        if (term instanceof Group group) {
            return new Group(alike(group.terms(), database));
        }
        Piece piece = (Piece) term;
        return !sameVersion && piece.kind() == Piece.Kind.WORD ? Piece.word(charset(piece.text())) : piece;
    }

    /** Whether a term is the name of the database that something of it is looked for in. */
    private static boolean isOwn(String database, int index, List<Term> terms) {
        return terms.get(index).equals(new Piece(Piece.Kind.NAME, database))
                && index + 1 < terms.size()
                && terms.get(index + 1).isSymbol(".")
                && (index == 0 || !terms.get(index - 1).isSymbol("."));
    }

    /** Other series tell the character set of a string or leave it out. */
    private boolean isNeedlessIntroducer(Term term, @Nullable Term next) {
        return term instanceof Piece word
                && word.kind() == Piece.Kind.WORD
                && (UTF8_INTRODUCERS.contains(word.text())
                        || (!sameSeries && word.text().startsWith("_")))
                && next instanceof Piece string
                && string.kind() == Piece.Kind.STRING;
    }
}
