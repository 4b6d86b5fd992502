// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify.structure;

import dev.sluice.api.facts.ServerVersion;
import dev.sluice.core.mysql.SqlModes;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Undoes what servers of two versions spell differently. Between servers of the same version hardly anything is undone, so that nothing
 * is overlooked. Immutable and thread-safe.
 *
 * @see <a href="https://dev.mysql.com/doc/relnotes/mysql/8.0/en/news-8-0-19.html">MySQL 8.0.19: display width is left out</a>
 */
final class Spelling {
    private static final Pattern WIDTH = Pattern.compile("(tinyint|smallint|mediumint|int|bigint|year)\\(\\d+\\)");
    private static final Pattern OLD_UTF8 = Pattern.compile("\\butf8(?=_|\\b)");
    private static final Pattern UTF8_INTRODUCER = Pattern.compile("\\b_utf8(mb[34])?(?=\\\\*')");
    private static final Pattern INTRODUCER = Pattern.compile("\\b_[a-z0-9]+(?=\\\\*')");

    /** What parentheses, quotes and blanks tell is told by the rest, too, unless somebody sets out to deceive. */
    private static final Pattern ORNAMENT = Pattern.compile("[()`\\\\\\s]");

    private static final Pattern LONG_TYPE = Pattern.compile("blob|text|json|geom|point|linestring|polygon");

    private final boolean sameVersion;

    private final boolean allDefaultsShown;

    private Spelling(boolean sameVersion, boolean allDefaultsShown) {
        this.sameVersion = sameVersion;
        this.allDefaultsShown = allDefaultsShown;
    }

    /** 8.0.15 shows no default of a long type, 8.0.31 does; between them it was not tried. */
    private static boolean showsAllDefaults(ServerVersion version) {
        return version.isAtLeast(8, 0, 31);
    }

    /** How these two have to be read to be compared. */
    static Spelling between(ServerVersion one, ServerVersion other) {
        return new Spelling(one.equals(other), showsAllDefaults(one) && showsAllDefaults(other));
    }

    /** A column's or parameter's type. Only tinyint(1) and zero-filled numbers have a width that means something. */
    String type(String type) {
        if (type.contains("zerofill") || type.startsWith("tinyint(1)")) {
            return type;
        }
        Matcher width = WIDTH.matcher(type);
        return width.lookingAt()
                ? width.group(1) + type.substring(width.end())
                : type.replace("geometrycollection", "geomcollection");
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
     * An expression or a view's query, as the server prints it from what it has understood. Introducers come and go with every ALTER
     * TABLE; other versions put parentheses in other places, name the database or not, and write IS NULL as a function.
     */
    String expression(String printed, String database) {
        String plain = UTF8_INTRODUCER.matcher(decoded(printed)).replaceAll("");
        if (sameVersion) {
            return plain;
        }
        String own = "`" + database.replace("`", "``") + "`.";
        return lowered(ORNAMENT.matcher(NullTests.written(
                        charset(INTRODUCER.matcher(plain).replaceAll("")).replace(own, "")))
                .replaceAll(""));
    }

    /** What a table is partitioned by: depending on the version as the user wrote it, or printed under his modes. */
    String partitioning(String printed) {
        return lowered(ORNAMENT.matcher(printed.replace("\"", "")).replaceAll(""));
    }

    /** In small letters, but for what stands in quotes. */
    private static String lowered(String text) {
        StringBuilder lowered = new StringBuilder(text.length());
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted ^= c == '\'';
            lowered.append(quoted ? c : Character.toLowerCase(c));
        }
        return lowered.toString();
    }

    /** In generated columns 8.0 shows the bytes of UTF-8 as if they were characters of its latin1. */
    private static String decoded(String printed) {
        if (printed.chars().allMatch(c -> c < 128)) {
            return printed;
        }
        try {
            ByteBuffer bytes = ByteBuffer.allocate(printed.length());
            for (int i = 0; i < printed.length(); i++) {
                bytes.put(latin1(printed.charAt(i)));
            }
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException asItIs) {
            return printed;
        }
    }

    private static byte latin1(char c) throws CharacterCodingException {
        return c < 0xA0
                ? (byte) c
                : Charset.forName("windows-1252")
                        .newEncoder()
                        .encode(CharBuffer.wrap(new char[] {c}))
                        .get();
    }
}
