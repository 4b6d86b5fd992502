// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.coordinates.MySqlGtidSet;
import dev.sluice.api.document.Document;
import dev.sluice.api.secret.Secret;
import dev.sluice.rds.managed.ManagedWish.Delay;
import dev.sluice.rds.managed.ManagedWish.KeepByReadReplica;
import dev.sluice.rds.managed.ManagedWish.NextLog;
import dev.sluice.rds.managed.ManagedWish.OpenPort;
import dev.sluice.rds.managed.ManagedWish.SkipError;
import dev.sluice.rds.managed.ManagedWish.SkipTransaction;
import dev.sluice.rds.managed.ManagedWish.TlsMaterial;
import dev.sluice.rds.managed.ManagedWish.UntilGtids;
import dev.sluice.rds.managed.ManagedWish.UntilPosition;
import java.time.Duration;

/** Writes wishes to documents and reads them back. Of secrets it writes where they are looked up. Thread-safe: no state. */
public final class ManagedWishCodec {
    private ManagedWishCodec() {}

    /** The wish as a document that {@link #read} understands. */
    public static Document write(ManagedWish wish) {
        Document document = Document.empty().with("wish", wish.name());
        if (wish instanceof Delay delay) {
            return document.with("seconds", delay.behind().toSeconds());
        }
        if (wish instanceof UntilPosition until) {
            return document.with("file", until.position().file())
                    .with("position", until.position().position());
        }
        if (wish instanceof UntilGtids until) {
            return document.with("gtids", until.gtids().toString());
        }
        if (wish instanceof SkipTransaction skip) {
            return document.with("gtids", skip.gtid().toString());
        }
        if (wish instanceof NextLog next) {
            return document.with("index", next.index());
        }
        if (wish instanceof ManagedWish.KeepBackups keep) {
            return document.with("days", keep.days());
        }
        if (wish instanceof OpenPort open) {
            return document.with("security-group", open.securityGroup()).with("peer", open.peer());
        }
        if (wish instanceof TlsMaterial tls) {
            return document.with("ca", secret(tls.ca()))
                    .with("certificate", secret(tls.certificate()))
                    .with("key", secret(tls.key()));
        }
        return document;
    }

    private static Document secret(Secret secret) {
        return Document.empty().with("kind", secret.kind().name()).with("reference", secret.reference());
    }

    /**
     * The wish that was written; equal to it.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static ManagedWish read(Document document) {
        return switch (document.text("wish")) {
            case "delay" -> new Delay(Duration.ofSeconds(document.number("seconds")));
            case "until-position" ->
                new UntilPosition(new BinlogPosition(document.text("file"), document.number("position")));
            case "until-gtids" -> new UntilGtids(MySqlGtidSet.parse(document.text("gtids")));
            case "skip-error" -> new SkipError();
            case "safety-snapshot" -> new ManagedWish.SafetySnapshot();
            case "skip-transaction" -> new SkipTransaction(MySqlGtidSet.parse(document.text("gtids")));
            case "keep-by-read-replica" -> new KeepByReadReplica();
            case "keep-backups" -> new ManagedWish.KeepBackups(Math.toIntExact(document.number("days")));
            case "open-port" -> new OpenPort(document.text("security-group"), document.text("peer"));
            case "next-log" -> new NextLog(Math.toIntExact(document.number("index")));
            case "tls-material" ->
                new TlsMaterial(
                        readSecret(document.document("ca")),
                        readSecret(document.document("certificate")),
                        readSecret(document.document("key")));
            default -> throw new IllegalArgumentException("Unknown option " + document.text("wish"));
        };
    }

    private static Secret readSecret(Document document) {
        return Secret.of(Secret.Kind.valueOf(document.text("kind")), document.text("reference"));
    }
}
