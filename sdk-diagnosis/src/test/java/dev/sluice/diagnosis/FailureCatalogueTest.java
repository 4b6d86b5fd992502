// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.diagnosis.ChannelError;
import dev.sluice.api.diagnosis.DiagnosisFinding;
import dev.sluice.api.diagnosis.Remedy;
import dev.sluice.api.error.Problem;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.spi.FailureRow;
import dev.sluice.api.spi.ReplicaTreatments;
import dev.sluice.api.spi.Symptoms;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Each row of the catalogue recognises what servers of 5.7 and 8.0 say, and offers what the page says. */
class FailureCatalogueTest {
    private static final String[][] RECEIVER = {
        {"gtids-purged", "1236", "the master has purged binary logs containing GTIDs that the slave requires."},
        {"gtids-purged", "13114", "Cannot replicate because the source purged required binary logs."},
        {"source-behind", "1236", "Slave has more GTIDs than the master has, using the master's SERVER_UUID."},
        {"source-behind", "13114", "Replica has more GTIDs than the source has, using the source's SERVER_UUID."},
        {"log-file-gone", "13114", "Could not find first log file name in binary log index file"},
        {"position-impossible", "1236", "Client requested master to start replication from impossible position"},
        {"position-impossible", "13114", "Client requested source to start replication from position > file size"},
        {"position-impossible", "13114", "bogus data in log event; the first event 'binlog.000001' at 4"},
        {
            "position-impossible",
            "1236",
            "log event entry exceeded max_allowed_packet; Increase max_allowed_packet on master"
        },
        {"packet-too-small", "1153", "Got a packet bigger than 'slave_max_allowed_packet' bytes"},
        {"packet-too-small", "13121", "Log entry on source is longer than replica_max_allowed_packet (1024) on replica."
        },
        {"binlog-off", "1236", "Binary log is not open"},
        {
            "server-ids-equal",
            "13117",
            "the source and the replica have equal MySQL server ids; these ids must be different"
        },
        {"server-uuids-equal", "1593", "master and slave have equal MySQL server UUIDs"},
        {
            "identity-taken",
            "1236",
            "A slave with the same server_uuid/server_id as this slave has connected to the master"
        },
        {"gtid-modes", "13117", "the source has GTID_MODE = OFF and this server has GTID_MODE = ON."},
        {"gtid-modes", "1236", "Cannot replicate anonymous transaction when @@GLOBAL.GTID_MODE = ON"},
        {"event-unknown", "1236", "Found invalid event in binary log"},
        {"host-blocked", "1129", "Host '10.0.0.2' is blocked because of many connection errors"},
        {"password-needs-encryption", "2061", "Authentication plugin 'caching_sha2_password' reported error"},
        {"tls-demanded", "3159", "Connections using insecure transport are prohibited"},
        {"tls-failed", "2026", "SSL connection error"},
        {"login-refused", "1045", "Access denied for user 'repl'@'10.0.0.2' (using password: YES)"},
        {"login-refused", "13120", "Source command COM_REGISTER_REPLICA failed: Access denied for user 'repl'@'%'"},
        {"source-unreachable", "2003", "Can't connect to MySQL server on '10.0.0.1:3306' (111)"},
        {"receiver-failed", "13124", "Fatal error: something else"}
    };

    private static final String[][] APPLIER = {
        {"duplicate-row", "1062", "Duplicate entry '4' for key 't.PRIMARY'"},
        {"row-missing", "1032", "Can't find record in 't'"},
        {"object-missing", "1146", "Table 'shop.t' doesn't exist"},
        {"object-missing", "1049", "Unknown database 'shop'"},
        {"object-exists", "1050", "Table 't' already exists"},
        {"relay-log-unreadable", "13121", "Relay log read failure: Could not parse relay log event entry."},
        {"relay-log-unreadable", "1594", "Relay log read failure"},
        {
            "column-not-converted",
            "13146",
            "Column 1 of table 'shop.t' cannot be converted from type 'int' to type 'smallint'"
        },
        {"column-not-converted", "1677", "cannot be converted"},
        {"collation-unknown", "1273", "Unknown collation: 'utf8mb4_0900_ai_ci'"},
        {"collation-unknown", "22", "Character set '#255' is not a compiled character set"},
        {"account-change", "1396", "Operation CREATE USER failed for 'a'@'%'"},
        {"definer-missing", "1449", "The user specified as a definer ('a'@'%') does not exist"},
        {"replica-full", "1114", "The table 't' is full"},
        {"locked", "1205", "Lock wait timeout exceeded; try restarting transaction"},
        {"gtid-violation", "1785", "Statement violates GTID consistency"},
        {"applier-failed", "9999", "Something else"}
    };

    @Test
    void whatTheReceiverSaysIsRecognised() {
        for (String[] said : RECEIVER) {
            assertThat(Case.receiver(Integer.parseInt(said[1]), said[2]).only().row())
                    .as(said[2])
                    .isEqualTo(said[0]);
        }
    }

    @Test
    void whatTheApplierSaysIsRecognised() {
        for (String[] said : APPLIER) {
            assertThat(Case.applier(Integer.parseInt(said[1]), said[2]).only().row())
                    .as(said[2])
                    .isEqualTo(said[0]);
        }
    }

    @Test
    void everyRowHasASampleHereAndOffersWhatItSaysItDoes() {
        Set<String> seen = new TreeSet<>();
        for (String[] said : RECEIVER) {
            requireRemedies(Case.receiver(Integer.parseInt(said[1]), said[2]).only());
            seen.add(said[0]);
        }
        for (String[] said : APPLIER) {
            requireRemedies(Case.applier(Integer.parseInt(said[1]), said[2]).only());
            seen.add(said[0]);
        }
        seen.addAll(List.of("stopped", "not-configured", "events-too-new"));
        assertThat(FailureCatalogue.ROWS).extracting(CatalogueRow::id).containsExactlyInAnyOrderElementsOf(seen);
    }

    private static void requireRemedies(DiagnosisFinding finding) {
        CatalogueRow row = FailureCatalogue.ROWS.stream()
                .filter(each -> each.id().equals(finding.row()))
                .findFirst()
                .orElseThrow();
        assertThat(finding.problem().code()).isEqualTo(row.code());
        assertThat(row.remedyNames().stream().map(name -> row.id() + "/" + name).toList())
                .containsSubsequence(finding.remedies().stream().map(Remedy::id).toList());
    }

    @Test
    void whereAKindOfServerCannotBeTreatedThereIsStillAWord() {
        for (String[] said : RECEIVER) {
            requireAWord(Case.receiver(Integer.parseInt(said[1]), said[2]));
        }
        for (String[] said : APPLIER) {
            requireAWord(Case.applier(Integer.parseInt(said[1]), said[2]));
        }
    }

    private static void requireAWord(Case sick) {
        assertThat(sick.untreatable().only().remedies())
                .isNotEmpty()
                .noneMatch(remedy -> remedy.kind() == Remedy.Kind.OPERATIONS);
    }

    @Test
    void bothHalvesAreToldAndReplicationAsAWholeOnlyIfNeitherIs() {
        Case both = Case.of(
                Case.half(true, new ChannelError(1045, "Access denied")),
                Case.half(true, new ChannelError(1062, "Duplicate entry")));
        assertThat(both.findings()).extracting(DiagnosisFinding::row).containsExactly("login-refused", "duplicate-row");
        assertThat(Case.of(Case.half(true, null), Case.half(false, null)).only().row())
                .isEqualTo("stopped");
        assertThat(Case.of(Case.half(false, null), Case.half(false, null)).findings())
                .isEmpty();
    }

    @Test
    void anErrorOfAnApplierThatRunsAgainIsHistory() {
        assertThat(Case.of(Case.half(false, null), Case.half(false, new ChannelError(1205, "Lock wait timeout")))
                        .findings())
                .isEmpty();
    }

    @Test
    void noChannelAtAllIsAFinding() {
        assertThat(new Case(null, ReplicaTreatments.NONE, List.of(), false, false, Case.Login.USUAL, Map.of())
                        .only()
                        .row())
                .isEqualTo("not-configured");
    }

    @Test
    void whatIsInTheTransactionIsShownBeforeItIsLeftOut() {
        Remedy skip = Case.applier(1062, "Duplicate entry").only().remedies().get(0);

        assertThat(skip.id()).isEqualTo("duplicate-row/skip");
        assertThat(skip.title()).endsWith(":7");
        assertThat(skip.preview()).contains("  in it: Write_rows shop.t");
    }

    @Test
    void anotherServerIdIsSetOnlyWithConsent() {
        Remedy set =
                Case.receiver(1593, "equal MySQL server ids").only().remedies().get(0);
        assertThat(set.consents()).containsExactly(Consent.SERVER_ID_CHANGE);
        assertThat(set.operations())
                .extracting(Operation::id)
                .first()
                .asString()
                .startsWith("set-server_id-");
    }

    @Test
    void withoutItsSourceAReplicaIsNotPointedAnywhere() {
        assertThat(Case.receiver(2003, "Can't connect").alone().only().remedies())
                .extracting(Remedy::id)
                .containsExactly("source-unreachable/by-hand");
        assertThat(Case.receiver(2003, "Can't connect").only().remedies().get(0).operations())
                .extracting(Operation::id)
                .containsExactly("point-10.0.0.9:3306-AS_IT_IS-AS_IT_IS");
    }

    /** What a source has lost the replica may be the only one to have. */
    @Test
    void aReplicaThatIsAheadOfItsSourceIsNotStarted() {
        DiagnosisFinding ahead = Case.receiver(
                        13114, "Replica has more GTIDs than the source has, using the source's SERVER_UUID.")
                .only();

        assertThat(ahead.evidence())
                .contains("the replica has, and the source lacks: 11111111-1111-1111-1111-111111111111:8-9");
        assertThat(ahead.remedies()).extracting(Remedy::kind).containsExactly(Remedy.Kind.PERSON, Remedy.Kind.NEW_COPY);
    }

    /** Plans have self-managed replicas stay stopped after a restart, which loses their filter. */
    @Test
    void aReplicaThatHasLostItsFilterIsNotJustStarted() {
        Case stopped = Case.of(Case.half(true, null), Case.half(true, null));
        for (Case sick : List.of(stopped, Case.receiver(1129, "blocked"), Case.applier(1205, "Lock wait timeout"))) {
            assertThat(ids(sick)).anyMatch(id -> id.endsWith("/start")).noneMatch(id -> id.endsWith("/start-by-plan"));

            Case lost = sick.where("skip_replica_start", "ON");
            assertThat(ids(lost)).anyMatch(id -> id.endsWith("/start-by-plan")).noneMatch(id -> id.endsWith("/start"));
            assertThat(lost.only().evidence()).anyMatch(line -> line.startsWith("no replication filter"));
        }
        assertThat(Case.receiver(1153, "bigger than 'slave_max_allowed_packet'")
                        .where("skip_replica_start", "ON")
                        .only()
                        .remedies()
                        .get(0)
                        .notes())
                .anyMatch(note -> note.contains("sluice.live(plan).start()"));
    }

    private static List<String> ids(Case sick) {
        return sick.only().remedies().stream().map(Remedy::id).toList();
    }

    @Test
    void aRelayLogThatIsReadNowhereIsOneOfANewerSource() {
        assertThat(Case.applier(13121, "Relay log read failure")
                        .compressing()
                        .only()
                        .row())
                .isEqualTo("events-too-new");
        assertThat(Case.applier(13121, "Relay log read failure").only().row()).isEqualTo("relay-log-unreadable");
    }

    @Test
    void anEnginesRowReplacesTheOneOfItsName() {
        FailureRow own = new OfEngine("duplicate-row");
        assertThat(Case.applier(1062, "Duplicate entry")
                        .with(own)
                        .only()
                        .problem()
                        .what())
                .isEqualTo("the engine's own");
        assertThat(Case.applier(1032, "Can't find record").with(own).only().row())
                .isEqualTo("duplicate-row");
    }

    /** Recognises everything. */
    private record OfEngine(String id) implements FailureRow {
        @Override
        public Part part() {
            return Part.APPLIER;
        }

        @Override
        public Optional<DiagnosisFinding> recognise(Symptoms symptoms) {
            return Optional.of(new DiagnosisFinding(
                    id,
                    Problem.of(FailureCode.APPLIER_FAILED, "the engine's own"),
                    List.of(),
                    List.of(Remedy.newCopy(id + "/new-copy", "why"))));
        }
    }
}
