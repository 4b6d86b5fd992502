// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.error.SluiceException;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.api.spi.Row;
import dev.sluice.core.monitor.Asked;
import dev.sluice.core.monitor.SourceSight;
import dev.sluice.core.monitor.Uptime;
import dev.sluice.core.mysql.CancelledException;
import dev.sluice.core.mysql.CoordinatesReader;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads where a source stands, again and again on one session. One thread at a time. */
final class SourceReader implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SourceReader.class);

    private final Supplier<ServerLink> server;
    private final Uptime uptime;
    private final Clock clock;
    private Map<String, Long> logs = Map.of();
    private @Nullable String lastWhenListed;
    private @Nullable Open open;

    /** A link and what its server understands. */
    private record Open(ServerLink link, LinkDialect dialect) {}

    /** @param server asked for a link as late as that is needed, since looking up the address may fail as well */
    SourceReader(Supplier<ServerLink> server, Uptime uptime, Clock clock) {
        this.server = server;
        this.uptime = uptime;
        this.clock = clock;
    }

    /**
     * Reads.
     *
     * @param from from where on the sizes of binary logs are wanted
     */
    SourceSight read(Optional<BinlogPosition> from) {
        try {
            Duration before = uptime.now();
            Open source = source();
            Coordinates at = new CoordinatesReader(source.dialect().get(), clock)
                    .read(source.link().session(), "", "read by a monitor");
            Asked asked = new Asked(before, uptime.now());
            list(source.link(), from, at.position());
            return new SourceSight.Seen(at, asked, logs);
        } catch (StepUnavailableException away) {
            close();
            return new SourceSight.Away(what(away));
        } catch (SluiceException refused) {
            close();
            return new SourceSight.Unknown("the source does not say where it stands: " + what(refused));
        } catch (CancelledException closed) {
            return new SourceSight.Unknown("the watching has ended");
        } catch (RuntimeException unexpected) {
            // The watching must go on whatever a server or a connection source of the host's does.
            log.warn("A look at the source failed in a way that nobody thought of", unexpected);
            close();
            return new SourceSight.Unknown("the source cannot be asked: " + unexpected);
        }
    }

    private Open source() {
        Open source = open;
        if (source == null) {
            ServerLink link = server.get();
            source = new Open(link, new LinkDialect(link));
            open = source;
        }
        return source;
    }

    private static String what(SluiceException failure) {
        return failure.problems().get(0).what();
    }

    /** At most once a file: the statement keeps writers waiting while the server opens all its logs, and finished ones do not grow. */
    private void list(ServerLink link, Optional<BinlogPosition> from, BinlogPosition at) {
        boolean elsewhere =
                from.filter(start -> !start.file().equals(at.file())).isPresent();
        if (!elsewhere || at.file().equals(lastWhenListed)) {
            return;
        }
        lastWhenListed = at.file();
        Map<String, Long> sizes = new LinkedHashMap<>();
        try {
            for (Row row : link.session().query("SHOW BINARY LOGS")) {
                sizes.put(row.text("Log_name"), row.number("File_size"));
            }
        } catch (StepRefusedException notForThisUser) {
            log.info(
                    "The source does not list its binary logs, so that bytes behind are not told. why={}",
                    what(notForThisUser));
        }
        logs = sizes;
    }

    /** Lets go of a session that may be broken; another question opens another one. */
    @Override
    public void close() {
        Open source = open;
        open = null;
        if (source != null) {
            source.link().close();
        }
    }
}
