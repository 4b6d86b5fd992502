// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.operation;

import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.coordinates.GtidSet;
import dev.sluice.api.secret.Secret;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The text of an SQL statement with holes for what is known only when it runs. Previews and journals show the holes by name;
 * core fills them, quoted, at the moment of use. Engines write statements with the builder of the MySQL toolkit, which quotes
 * every identifier and literal. Immutable and thread-safe.
 *
 * @param parts text and holes in order
 */
public record Statement(List<Part> parts) {
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
        return parts.stream().flatMap(part -> part.slots().stream()).distinct().toList();
    }

    /** Whether it is carried out once for each interval of a GTID set that its server lacks; see {@link IntervalHole}. */
    public boolean isForEachInterval() {
        return parts.stream().anyMatch(IntervalHole.class::isInstance);
    }

    @Override
    public String toString() {
        return preview();
    }

    /** A piece of a statement. */
    public sealed interface Part permits Text, SecretHole, CoordinatesHole, IntervalHole, JsonSecretsHole {
        /** As people see it. */
        String preview();

        /** The slots that must be filled before it is known. */
        default List<Slot<?>> slots() {
            return List.of();
        }
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

        @Override
        public List<Slot<?>> slots() {
            return List.of(slot);
        }
    }

    /**
     * A part of one interval of the snapshot's GTID set. A statement with such holes is carried out once for each interval that the server
     * does not have yet, for servers that take one at a time.
     */
    public record IntervalHole(Slot<Coordinates> slot, IntervalField field) implements Part {
        /** Which part. */
        public enum IntervalField {
            /** The UUID of the server where the transactions began, as a quoted literal. */
            SERVER_UUID("server UUID"),
            /** The first transaction's number. */
            FIRST("first number"),
            /** The last transaction's number. */
            LAST("last number");

            private final String label;

            IntervalField(String label) {
                this.label = label;
            }
        }

        @Override
        public String preview() {
            return "<" + slot.label() + ": each interval's " + field.label + ">";
        }

        @Override
        public List<Slot<?>> slots() {
            return List.of(slot);
        }
    }

    /**
     * Secrets as one JSON object, filled in as a quoted literal at the moment of use.
     *
     * @param secrets where each member's text is looked up, by the member's name
     */
    public record JsonSecretsHole(SortedMap<String, Secret> secrets) implements Part {
        public JsonSecretsHole {
            secrets = Collections.unmodifiableSortedMap(new TreeMap<>(secrets));
        }

        @Override
        public String preview() {
            return "<JSON of secrets: " + String.join(", ", secrets.keySet()) + ">";
        }
    }
}
