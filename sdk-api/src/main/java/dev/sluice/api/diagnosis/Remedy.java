// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.diagnosis;

import static java.util.Objects.requireNonNull;

import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.CopyTablePlan;
import dev.sluice.api.plan.TableName;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What helps against a finding. Immutable and thread-safe.
 *
 * @param id unique within the diagnosis, such as {@code duplicate-row/skip}
 * @param title what it comes to, in one sentence
 * @param kind who does it
 * @param operations what is done, in order; empty unless the kind is {@link Kind#OPERATIONS}
 * @param notes what a person should know or do, line by line: what is lost, what is skipped, instructions
 * @param conditions what must still hold right before the first operation; otherwise it is refused
 */
public record Remedy(
        String id,
        String title,
        Kind kind,
        List<Operation> operations,
        List<String> notes,
        List<Condition> conditions) {
    /** Who does it. */
    public enum Kind {
        /** Sluice, when it is told to and given the consents. */
        OPERATIONS,
        /** A run of a plan of its own, which is journaled and can be resumed; the notes name the plan. */
        PLAN,
        /** A person; the notes say what. */
        PERSON,
        /** Nothing repairs the replica's data: a new plan copies it again. */
        NEW_COPY
    }

    /**
     * A look before a remedy.
     *
     * @param target where
     * @param look what must still be as it was
     * @param otherwise what it means if it is not, to follow a colon
     */
    public record Condition(Target target, Undo.OnlyIf look, String otherwise) {
        public Condition {
            requireNonNull(target, "target");
            requireNonNull(look, "look");
            requireNonNull(otherwise, "otherwise");
        }
    }

    public Remedy {
        requireNonNull(id, "id");
        requireNonNull(title, "title");
        requireNonNull(kind, "kind");
        operations = List.copyOf(operations);
        notes = List.copyOf(notes);
        conditions = List.copyOf(conditions);
        if (operations.isEmpty() == (kind == Kind.OPERATIONS)) {
            throw new IllegalArgumentException("A remedy has operations if Sluice does it, and only then: " + id);
        }
    }

    /** Something that a person does. */
    public static Remedy byPerson(String id, String title, List<String> instructions) {
        return new Remedy(id, title, Kind.PERSON, List.of(), instructions, List.of());
    }

    /**
     * A {@link CopyTablePlan} does it.
     *
     * @param table the one that is copied anew
     */
    public static Remedy copyTable(String id, TableName table) {
        return new Remedy(
                id,
                "Copy the table " + table + " anew",
                Kind.PLAN,
                List.of(),
                List.of(
                        "CopyTablePlan.of(plan, TableName.of(\"" + table.database() + "\", \"" + table.table()
                                + "\")) with the plan that has set the replication up; compile(…).explain() shows each statement, and"
                                + " sluice.live(plan).copyTable(…) carries it out.",
                        "Has to be allowed: " + Consent.TABLE_REPLACEMENT
                                + ", since the replica's rows of the table are thrown away, and "
                                + Consent.TABLE_COPY_LOCK
                                + ", since writers on the source wait while a snapshot opens.",
                        "Refused for tables with foreign keys, to them or from them, or triggers."),
                List.of());
    }

    /** Only a new copy helps. */
    public static Remedy newCopy(String id, String why) {
        return new Remedy(
                id,
                "Copy the data again",
                Kind.NEW_COPY,
                List.of(),
                List.of(
                        why,
                        "End the replication (EndPlan.of(replica)), remove the data that it has left, and start a ReplicationPlan anew."),
                List.of());
    }

    /** Something that Sluice does. */
    public static Remedy of(String id, String title, List<Operation> operations) {
        return new Remedy(id, title, Kind.OPERATIONS, operations, List.of(), List.of());
    }

    /** The same with more that a person should know. */
    public Remedy note(String... more) {
        List<String> all = new ArrayList<>(notes);
        all.addAll(List.of(more));
        return new Remedy(id, title, kind, operations, all, conditions);
    }

    /** The same, refused if one of these does not hold any more. */
    public Remedy onlyIf(List<Condition> more) {
        List<Condition> all = new ArrayList<>(conditions);
        all.addAll(more);
        return new Remedy(id, title, kind, operations, notes, all);
    }

    /** What must be allowed by name for it. */
    public Set<Consent> consents() {
        Set<Consent> all = EnumSet.noneOf(Consent.class);
        operations.forEach(operation -> operation.info().consent().ifPresent(all::add));
        return all;
    }

    /** For people: everything that is done, each statement as it is sent, what undoes it, what has to be allowed, and the notes. No secret. */
    public List<String> preview() {
        List<String> lines = new ArrayList<>(List.of(title));
        notes.forEach(note -> lines.add("  " + note));
        for (Operation operation : operations) {
            lines.add("  " + operation.info().target().name().toLowerCase(Locale.ROOT) + ": "
                    + operation.info().purpose());
            operation.preview().forEach(line -> lines.add("    " + line));
            operation
                    .info()
                    .undos()
                    .forEach(undo -> lines.add(
                            "    can be undone: " + undo.purpose() + ": " + String.join("; ", undo.preview())));
        }
        consents().forEach(consent -> lines.add("  has to be allowed: " + consent.name()));
        return lines;
    }
}
