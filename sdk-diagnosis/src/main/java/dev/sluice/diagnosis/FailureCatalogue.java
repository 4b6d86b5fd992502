// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.diagnosis.DiagnosisFinding;
import dev.sluice.api.spi.FailureRow;
import dev.sluice.api.spi.FailureRow.Part;
import dev.sluice.api.spi.Symptoms;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** All rows, in the order in which they are asked: what is special before what is general. Immutable and thread-safe. */
final class FailureCatalogue {
    /** Those that need no engine. */
    static final List<CatalogueRow> ROWS = List.of(
            new GtidsPurged(),
            new SourceBehind(),
            new LogFileGone(),
            new PositionImpossible(),
            new PacketTooSmall(),
            new BinlogOff(),
            new EqualServerIds(),
            new EqualServerUuids(),
            new IdentityTaken(),
            new UnlikeGtidModes(),
            new EventUnknown(),
            new BlockedHost(),
            new PasswordNeedsEncryption(),
            new TlsDemanded(),
            new TlsFailed(),
            new LoginRefused(),
            new SourceUnreachable(),
            new ReceiverFailed(),
            new DuplicateRow(),
            new RowMissing(),
            new ObjectMissing(),
            new ObjectExists(),
            new EventsTooNew(),
            new RelayLogUnreadable(),
            new ColumnNotConverted(),
            new UnknownCollation(),
            new AccountChange(),
            new DefinerMissing(),
            new ReplicaFull(),
            new Locked(),
            new GtidViolation(),
            new ApplierFailed(),
            new NotConfigured(),
            new Stopped());

    private final List<FailureRow> rows;

    private FailureCatalogue(List<FailureRow> rows) {
        this.rows = rows;
    }

    /** These rows with those of an engine, which replace those of the same id. */
    static FailureCatalogue with(List<FailureRow> ofEngine) {
        Set<String> replaced = ofEngine.stream().map(FailureRow::id).collect(Collectors.toSet());
        List<FailureRow> rows = new ArrayList<>(ofEngine);
        ROWS.stream().filter(row -> !replaced.contains(row.id())).forEach(rows::add);
        return new FailureCatalogue(rows);
    }

    /** One finding a half at most; replication as a whole is judged if neither half has one. */
    List<DiagnosisFinding> findings(Symptoms symptoms) {
        List<DiagnosisFinding> found = new ArrayList<>(first(Part.RECEIVER, symptoms));
        found.addAll(first(Part.APPLIER, symptoms));
        return found.isEmpty() ? first(Part.WHOLE, symptoms) : found;
    }

    private List<DiagnosisFinding> first(Part part, Symptoms symptoms) {
        return rows.stream()
                .filter(row -> row.part() == part)
                .flatMap(row -> row.recognise(symptoms).stream())
                .limit(1)
                .toList();
    }
}
