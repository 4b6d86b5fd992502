// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.operation;

import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.coordinates.GtidSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The text of an SQL statement with holes for what is known only when it runs. Previews and journals show the holes by name;
 * core fills them, quoted, at the moment of use. Engines write statements with the builder of the MySQL toolkit, which quotes
 * every identifier and literal. Immutable and thread-safe.
 *
 * @param parts text and holes in order
 */
public record Statement(List<Part> parts) implements Undo.Reversal {
    public Statement {
        parts = List.copyOf(parts);
    }

    /** A statement without holes; its identifiers and literals are quoted already. */
    public static Statement of(String sql) {
        return new Statement(List.of(new Text(sql)));
    }

    /** As people and journals see it: every hole by its name in angle brackets, never a secret. */
    public String preview() {
        return parts.stream().map(Part::preview).collect(Collectors.joining());
    }

    /** The statement with its holes filled by the function, which quotes what it returns. Never log the result. */
    public String fill(Function<? super Part, String> holes) {
        return parts.stream()
                .map(part -> part instanceof Text text ? text.sql() : holes.apply(part))
                .collect(Collectors.joining());
    }

    /** The slots that must be filled before the statement can run. */
    public List<Slot<?>> needs() {
        return parts.stream()
                .filter(CoordinatesHole.class::isInstance)
                .<Slot<?>>map(part -> ((CoordinatesHole) part).slot())
                .distinct()
                .toList();
    }

    @Override
    public String toString() {
        return preview();
    }

    /** A piece of a statement. */
    public sealed interface Part permits Text, SecretHole, CoordinatesHole {
        /** As people see it. */
        String preview();
    }

    /** Fixed text, already quoted where it needs to be. */
    public record Text(String sql) implements Part {
        @Override
        public String preview() {
            return sql;
        }
    }

    /**
     * A password, filled in as a quoted literal at the moment of use.
     *
     * @param secret which one
     */
    public record SecretHole(OperationSecret secret) implements Part {
        @Override
        public String preview() {
            return "<secret>";
        }
    }

    /** A part of the snapshot's coordinates, filled in as a quoted literal or a number. */
    public record CoordinatesHole(Slot<Coordinates> slot, Field field) implements Part {
        /** Which part. */
        public enum Field {
            /** The binary log's file name, as a quoted literal. */
            FILE("file"),
            /** The offset in the file, as a number. */
            POSITION("position"),
            /** The GTID set, as a quoted literal. */
            GTID_SET("GTID set");

            private final String label;

            Field(String label) {
                this.label = label;
            }

            /** The value in these coordinates, not quoted. */
            public String of(Coordinates coordinates) {
                return switch (this) {
                    case FILE -> coordinates.position().file();
                    case POSITION -> Long.toString(coordinates.position().position());
                    case GTID_SET -> coordinates.gtids().map(GtidSet::toString).orElse("");
                };
            }
        }

        @Override
        public String preview() {
            return "<" + slot.label() + ": " + field.label + ">";
        }
    }
}
