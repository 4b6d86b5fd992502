// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.diagnosis.ChannelError;
import dev.sluice.api.diagnosis.ChannelState;
import dev.sluice.api.diagnosis.DiagnosisFinding;
import dev.sluice.api.diagnosis.Remedy;
import dev.sluice.api.diagnosis.StuckTransaction;
import dev.sluice.api.error.Problem;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.spi.FailureRow.Part;
import dev.sluice.api.spi.Symptoms;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A finding in the making. Remedies that the replica's kind of server cannot do are left out. Not thread-safe. */
final class FindingDraft {
    private static final String LOST =
            "What is left out is lost on the replica, which then differs from its source. It cannot be undone.";

    private final CatalogueRow row;
    private final Symptoms symptoms;
    private final List<String> evidence = new ArrayList<>();
    private final List<Remedy> remedies = new ArrayList<>();

    private FindingDraft(CatalogueRow row, Symptoms symptoms) {
        this.row = row;
        this.symptoms = symptoms;
    }

    static FindingDraft of(CatalogueRow row, Symptoms symptoms) {
        return new FindingDraft(row, symptoms);
    }

    static FindingDraft of(CatalogueRow row, Symptoms symptoms, ChannelError error) {
        String text = row.part() == Part.RECEIVER ? Shortened.message(error.text()) : Shortened.text(error.text());
        return new FindingDraft(row, symptoms).seen("error " + error.number() + ": " + text);
    }

    FindingDraft seen(String line) {
        evidence.add(line);
        return this;
    }

    FindingDraft seen(Optional<String> line) {
        line.ifPresent(evidence::add);
        return this;
    }

    /** What is in the transaction at which the applier stands. */
    FindingDraft seenTransaction() {
        symptoms.stuck().ifPresent(stuck -> {
            evidence.add("transaction " + (stuck.hasGtid() ? stuck.gtid() : "without GTID"));
            stuck.content().forEach(line -> evidence.add("in it: " + line));
        });
        return this;
    }

    String id(String name) {
        return row.id() + "/" + name;
    }

    /** Left out where there is nothing to do for it. */
    FindingDraft remedy(String name, String title, List<Operation> operations, String... notes) {
        if (!operations.isEmpty()) {
            add(Remedy.of(id(name), title, operations).note(notes));
        }
        return this;
    }

    /** The same for operations that hold the channel's place: refused if it has moved on. */
    FindingDraft remedyHere(String name, String title, List<Operation> operations, String... notes) {
        if (!operations.isEmpty()) {
            add(Remedy.of(id(name), title, operations).note(notes).onlyIf(Standing.conditions(symptoms)));
        }
        return this;
    }

    /** With what holds for every remedy that does the same. */
    private void add(Remedy remedy) {
        Remedy careful = remedy.consents().contains(Consent.ACCOUNT_PASSWORD_CHANGE)
                ? remedy.onlyIf(AccountLogins.nobodyElse(symptoms))
                : remedy;
        remedies.add(LostFilter.isShownBy(symptoms) ? careful.note(LostFilter.WARNING) : careful);
    }

    /** The stuck transaction is left out, with its content shown, and only as long as it is that one. */
    FindingDraft skip(String... notes) {
        return skip(symptoms.stuck().isPresent() ? symptoms.treatments().skip(symptoms) : List.of(), notes);
    }

    /**
     * The same for a statement that the replica cannot even parse, which servers do before they look whether they have its GTID (seen on 8.0.15):
     * what was fetched is thrown away, since a source does not send again what the replica has.
     */
    FindingDraft skipWithoutParsing(String... notes) {
        boolean byGtid = symptoms.stuck().filter(StuckTransaction::hasGtid).isPresent()
                && symptoms.channel().filter(ChannelState::autoPosition).isPresent();
        List<Operation> again = byGtid ? symptoms.treatments().fetchAgain(symptoms) : List.of();
        List<Operation> skipping = byGtid ? symptoms.treatments().skip(symptoms) : List.of();
        if (again.isEmpty() || skipping.isEmpty()) {
            return skip(notes);
        }
        List<String> ids = again.stream().map(Operation::id).toList();
        List<Operation> all = new ArrayList<>();
        skipping.stream().filter(operation -> !ids.contains(operation.id())).forEach(all::add);
        all.addAll(again);
        return skip(all, notes);
    }

    private FindingDraft skip(List<Operation> operations, String... notes) {
        Optional<StuckTransaction> stuck = symptoms.stuck();
        if (operations.isEmpty() || stuck.isEmpty()) {
            return this;
        }
        Remedy skip = Remedy.of(
                id("skip"),
                "Leave out the transaction "
                        + (stuck.get().hasGtid() ? stuck.get().gtid() : "at which the applier stands"),
                operations);
        for (String line : content(stuck.get())) {
            skip = skip.note(line);
        }
        add(skip.note(notes).note(LOST).onlyIf(stuck.get().standsThere()));
        return this;
    }

    private static List<String> content(StuckTransaction stuck) {
        return stuck.content().isEmpty()
                ? List.of("What is in it could not be read from the relay log.")
                : stuck.content().stream().map(line -> "in it: " + line).toList();
    }

    /** Where the error is about one table, whose name it tells. */
    FindingDraft copyTable() {
        if (symptoms.treatments().copiesTables()) {
            symptoms.channel()
                    .flatMap(channel -> channel.applier().error())
                    .flatMap(TableOfError::of)
                    .ifPresent(table -> remedies.add(Remedy.copyTable(id("copy-table"), table)));
        }
        return this;
    }

    /** Once somebody has removed the cause. Not without the filter that a plan has set: that is set again by the plan. */
    FindingDraft start(String when) {
        if (LostFilter.isShownBy(symptoms)) {
            return seen(LostFilter.SEEN)
                    .person(LostFilter.REMEDY, "Start it with its filter", LostFilter.instructions(when));
        }
        return remedy("start", "Start replication", symptoms.treatments().start(symptoms), when);
    }

    /** A setting of the replica, and then a start. */
    FindingDraft set(String name, String title, String variable, String value, String... notes) {
        List<Operation> set = symptoms.treatments().set(symptoms, variable, value);
        List<Operation> start = symptoms.treatments().start(symptoms);
        if (set.isEmpty() || start.isEmpty()) {
            return person(
                    name,
                    title,
                    List.of("Set " + variable + " to " + value + " on the replica, then start replication."));
        }
        List<Operation> all = new ArrayList<>(set);
        all.addAll(start);
        return remedy(name, title, all, notes);
    }

    FindingDraft person(String name, String title, List<String> instructions) {
        remedies.add(Remedy.byPerson(id(name), title, instructions));
        return this;
    }

    FindingDraft newCopy(String why) {
        remedies.add(Remedy.newCopy(id("new-copy"), why));
        return this;
    }

    /** Says what the code says where nothing else helps. */
    DiagnosisFinding finding() {
        if (remedies.isEmpty()) {
            person("by-hand", "See to it by hand", List.of(row.code().remedy()));
        }
        return new DiagnosisFinding(row.id(), Problem.of(row.code(), what()), evidence, remedies);
    }

    private String what() {
        return symptoms.channel()
                .map(channel -> row.code().meaning() + " (from " + channel.source() + " as " + channel.user() + ")")
                .orElse(row.code().meaning());
    }
}
