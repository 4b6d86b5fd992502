// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.split;

import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.catalog.ColumnDefinition;
import dev.sluice.core.mysql.Quote;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One column of a key, which is never NULL, and a session that can ask about it. One thread at a time. */
final class KeyProbe {
    private static final Set<String> BYTES = Set.of("binary", "varbinary");
    private static final Set<String> NUMBERS = Set.of("tinyint", "smallint", "mediumint", "int", "bigint", "decimal");

    private final ServerSession session;
    private final TablePart rows;
    private final ColumnDefinition column;
    private @Nullable KeyCollation collation;

    KeyProbe(ServerSession session, TablePart rows, ColumnDefinition column) {
        this.session = session;
        this.rows = rows;
        this.column = column;
    }

    String name() {
        return Quote.identifier(column.name());
    }

    /** The least and the greatest value among some rows, as the server shows them: bytes in hexadecimal digits. */
    record Ends(String least, String greatest) {
        boolean areTheSame() {
            return least.equals(greatest);
        }
    }

    /**
     * Looks at both ends of the key.
     *
     * @param where which rows, {@code ""} for all
     * @return empty if there are none, or if the server does not tell: of dates that do not exist it may say that the greatest is NULL
     */
    Optional<Ends> ends(String where) {
        String shown = BYTES.contains(column.dataType()) ? "HEX(%s)" : "%s";
        return session.queryOne("SELECT " + String.format(shown, "MIN(" + name() + ")") + " AS least, "
                        + String.format(shown, "MAX(" + name() + ")") + " AS greatest FROM " + rows.from()
                        + (where.isEmpty() ? "" : " WHERE " + where))
                .flatMap(KeyProbe::ends);
    }

    private static Optional<Ends> ends(Row row) {
        return row.find("least").flatMap(least -> row.find("greatest").map(greatest -> new Ends(least, greatest)));
    }

    /** The values between these ends as numbers; empty if the order of such keys cannot be computed. */
    Optional<KeyAxis> axis(Ends ends) {
        String least = ends.least();
        String greatest = ends.greatest();
        return Optional.ofNullable(
                switch (column.dataType()) {
                    case "tinyint", "smallint", "mediumint", "int", "bigint", "decimal" ->
                        NumberAxis.between(least, greatest);
                    case "date" -> DateAxis.between(least, greatest, ChronoUnit.DAYS);
                    case "datetime", "timestamp" -> DateAxis.between(least, greatest, ChronoUnit.SECONDS);
                    case "time" -> TimeAxis.between(least, greatest);
                    case "binary", "varbinary" -> BytesAxis.between(least, greatest, length());
                    case "char", "varchar" -> TextAxis.between(least, greatest, length(), collation());
                    default -> null;
                });
    }

    /**
     * Whether a value that the server has shown means the same in a condition. Of floating-point numbers it does not show all, bits it
     * shows as a number that it takes as a text, and newer servers refuse dates that do not exist.
     */
    boolean isComparable(String shown) {
        return switch (column.dataType()) {
            case "bit", "float", "double" -> false;
            case "date", "datetime", "timestamp" -> DateAxis.exists(shown);
            default -> !column.dataType().endsWith("blob") && !column.dataType().endsWith("text");
        };
    }

    /** A value that the server has shown. A number in quotes might be compared as a floating-point one. */
    String literal(String shown) {
        if (NUMBERS.contains(column.dataType())) {
            return shown;
        }
        return BYTES.contains(column.dataType()) ? Quote.bytes(shown) : Quote.literal(shown);
    }

    private KeyCollation collation() {
        KeyCollation known = collation;
        if (known == null) {
            known = KeyCollation.of(session, rows.table().name(), column.name());
            collation = known;
        }
        return known;
    }

    /** In characters, or bytes: what stands in brackets behind the type. */
    private int length() {
        String type = column.columnType();
        return Integer.parseInt(type.substring(type.indexOf('(') + 1, type.indexOf(')')));
    }
}
