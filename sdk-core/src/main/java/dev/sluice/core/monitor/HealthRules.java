// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.monitor;

import static dev.sluice.api.run.ReplicationHealth.APPLIER_FAILED;
import static dev.sluice.api.run.ReplicationHealth.APPLIER_STOPPED;
import static dev.sluice.api.run.ReplicationHealth.CATCHING_UP;
import static dev.sluice.api.run.ReplicationHealth.CONNECTING;
import static dev.sluice.api.run.ReplicationHealth.DELAYED;
import static dev.sluice.api.run.ReplicationHealth.IDLE;
import static dev.sluice.api.run.ReplicationHealth.IN_TIME;
import static dev.sluice.api.run.ReplicationHealth.LINK_DOWN;
import static dev.sluice.api.run.ReplicationHealth.LINK_SILENT;
import static dev.sluice.api.run.ReplicationHealth.RECEIVER_FAILED;
import static dev.sluice.api.run.ReplicationHealth.RECEIVER_STOPPED;
import static dev.sluice.api.run.ReplicationHealth.SOURCE_DOWN;
import static dev.sluice.api.run.ReplicationHealth.SOURCE_REFUSES;
import static dev.sluice.api.run.ReplicationHealth.STALLED;
import static dev.sluice.api.run.ReplicationHealth.STOPPED;
import static dev.sluice.api.run.ReplicationHealth.UNPROVEN;

import dev.sluice.api.run.Figure;
import dev.sluice.api.run.MonitorSettings;
import dev.sluice.api.run.ReplicationHealth;
import dev.sluice.api.run.ReplicationLag;
import dev.sluice.core.mysql.ReplicaStatus;
import dev.sluice.core.mysql.ReplicationError;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says how a channel is, from all that is known of it. Immutable and thread-safe. */
record HealthRules(MonitorSettings settings) {
    /** A source that has stood still for as long writes nothing, as far as anybody cares. */
    static final Duration IDLE_AFTER = Duration.ofSeconds(10);

    Verdict judge(Picture picture) {
        return switch (picture.status().health()) {
            case APPLIER_FAILED -> halves(APPLIER_FAILED, picture);
            case RECEIVER_FAILED -> halves(RECEIVER_FAILED, picture);
            case RECEIVER_STOPPED -> halves(RECEIVER_STOPPED, picture);
            case APPLIER_STOPPED -> halves(APPLIER_STOPPED, picture);
            case STOPPED -> halves(STOPPED, picture);
            case RECEIVER_RETRYING, CONNECTING -> connecting(picture);
            case RUNNING -> running(picture);
        };
    }

    /** Whose fault it is that the receiver is not connected. */
    private Verdict connecting(Picture picture) {
        ReplicaStatus.Receiver receiver = picture.status().receiver();
        if (receiver.error().filter(ReplicationError::isRefusal).isPresent()) {
            return halves(SOURCE_REFUSES, picture);
        }
        if (picture.source() instanceof SourceSight.Away) {
            return halves(SOURCE_DOWN, picture);
        }
        boolean lost = receiver.error().isPresent()
                || receiver.activity().toLowerCase(Locale.ROOT).contains("reconnect");
        return halves(lost ? LINK_DOWN : CONNECTING, picture);
    }

    private static Verdict halves(ReplicationHealth health, Picture picture) {
        ReplicaStatus status = picture.status();
        return Verdict.of(
                health,
                status.receiver().error().map(error -> "receiver: " + error).orElse(""),
                status.applier().error().map(error -> "applier: " + error).orElse(""),
                source(picture),
                behind(picture));
    }

    private Verdict running(Picture picture) {
        if (picture.isSilent(settings)) {
            return Verdict.of(
                    LINK_SILENT,
                    "nothing came for " + seconds(picture.unfetchedForOrNull()) + " s",
                    picture.lag().bytesToFetch().value().stream()
                            .mapToObj(bytes -> bytes + " bytes wait on the source")
                            .findFirst()
                            .orElse(""),
                    behind(picture));
        }
        if (picture.isStalled(settings)) {
            return Verdict.of(
                    STALLED,
                    "nothing was finished for " + seconds(picture.workingForOrNull()) + " s",
                    "the applier says: " + picture.status().applier().activity(),
                    behind(picture));
        }
        Duration told = picture.status().delay().configured();
        return told.isZero() ? asFastAsItCan(picture) : delayed(picture, told);
    }

    private Verdict asFastAsItCan(Picture picture) {
        // The servers' own figure counts only where nothing better is known: their clocks may have been set since they
        // were compared.
        if (!picture.isWithin(settings.late())) {
            return running(picture.isBehindBy(settings.late()) ? CATCHING_UP : UNPROVEN, picture);
        }
        boolean still =
                picture.hasAll().orElse(false) && picture.sourceStillFor().compareTo(IDLE_AFTER) >= 0;
        return running(still ? IDLE : IN_TIME, picture);
    }

    private Verdict delayed(Picture picture, Duration told) {
        Verdict verdict = asFastAsItCan(picture);
        Duration most = told.plus(settings.late());
        boolean nothingToWaitFor = verdict.health() == IN_TIME || verdict.health() == IDLE;
        if (nothingToWaitFor && picture.hasAll().orElse(false)) {
            return verdict;
        }
        if (picture.isBehindBy(most)) {
            return running(CATCHING_UP, picture);
        }
        boolean known =
                picture.status().delay().isWaiting() || picture.observed().isPresent();
        return known
                ? Verdict.of(DELAYED, "it is told to stay " + told.toSeconds() + " s behind", behind(picture))
                : verdict;
    }

    private static Verdict running(ReplicationHealth health, Picture picture) {
        return Verdict.of(
                health, behind(picture), source(picture), picture.beat().trouble());
    }

    private static String source(Picture picture) {
        if (picture.source() instanceof SourceSight.Away away) {
            return "this host does not get through to the source: " + away.why();
        }
        if (picture.source() instanceof SourceSight.Unknown unknown) {
            return unknown.why();
        }
        return picture.status().receiver().state() == ReplicaStatus.ReceiverState.RUNNING
                ? ""
                : "the source answers this host";
    }

    private static long seconds(@Nullable Duration time) {
        return time == null ? 0 : time.toSeconds();
    }

    private static String behind(Picture picture) {
        ReplicationLag lag = picture.lag();
        String time = time(lag);
        String transactions = figure(lag.transactions(), " transactions");
        String bytes = figure(lag.bytes(), " bytes of the binary log");
        return Stream.of(time, transactions, bytes)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
    }

    /** Nothing missing need not be told. */
    private static String figure(Figure figure, String of) {
        return figure.value().orElse(0) == 0 ? "" : figure + of;
    }

    private static String time(ReplicationLag lag) {
        return lag.byHeartbeat()
                .map(range -> "behind by " + range + " by heartbeat")
                .or(() -> lag.byPosition().map(range -> "behind by " + range))
                .or(() -> lag.byServer().map(known -> "behind by " + known.toSeconds() + " s by the server's word"))
                .orElse("");
    }
}
