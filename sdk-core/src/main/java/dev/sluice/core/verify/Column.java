// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import dev.sluice.core.mysql.Quote;
import java.util.EnumSet;

/**
 * A column as one server has it. Immutable.
 *
 * @param name as stored
 * @param kind how its values are written
 * @param dataType as in information_schema, lower-case
 * @param isNullable whether it may hold NULL
 * @param charset its character set, {@code ""} if it has none
 * @param collation its collation, {@code ""} if it has none
 * @param isGenerated whether the server computes its values
 */
record Column(
        String name,
        ColumnKind kind,
        String dataType,
        boolean isNullable,
        String charset,
        String collation,
        boolean isGenerated) {
    String quoted() {
        return Quote.identifier(name);
    }

    boolean isJson() {
        return kind == ColumnKind.JSON;
    }

    /** This column in a table whose rows are known by their checksums only. */
    Column withoutKey(boolean spellsJsonAlike) {
        return isJson() ? of(spellsJsonAlike ? ColumnKind.PARSED_JSON : ColumnKind.SPELLED_JSON, isNullable) : this;
    }

    /** This column, written as both servers can write it where their definitions differ in length or in NULL. */
    Column alike(Column other) {
        boolean stringOfAnyLength = EnumSet.of(kind, other.kind).equals(EnumSet.of(ColumnKind.STRING, ColumnKind.LONG));
        return of(stringOfAnyLength ? ColumnKind.LONG : kind, isNullable || other.isNullable);
    }

    private Column of(ColumnKind otherKind, boolean nullable) {
        return new Column(name, otherKind, dataType, nullable, charset, collation, isGenerated);
    }
}
