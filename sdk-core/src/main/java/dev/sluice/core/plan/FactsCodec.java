// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.plan;

import dev.sluice.api.document.Document;
import dev.sluice.api.endpoint.EngineId;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.facts.ChannelFacts;
import dev.sluice.api.facts.EventFacts;
import dev.sluice.api.facts.Routine;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.facts.TableEngine;
import java.util.Map;
import java.util.TreeMap;

/** Facts as documents, so that a stored plan can be carried out without asking again what it was compiled for. */
final class FactsCodec {
    private FactsCodec() {}

    static Document write(ServerFacts facts) {
        Document variables = Document.empty();
        for (Map.Entry<String, String> variable : new TreeMap<>(facts.variables()).entrySet()) {
            variables = variables.with(variable.getKey(), variable.getValue());
        }
        return Document.empty()
                .with("engine", facts.engine().value())
                .with("host", facts.address().host())
                .with("port", facts.address().port())
                .with("version", facts.version().toString())
                .with("server-uuid", facts.serverUuid())
                .with("server-id", facts.serverId())
                .with("tls-offered", facts.tlsOffered())
                .with("variables", variables)
                .withAll(
                        "routines",
                        facts.routines().stream().map(FactsCodec::writeRoutine).toList())
                .withTexts("grants", facts.grants())
                .withTexts("accounts", facts.accounts())
                .withTexts("databases", facts.databases())
                .withAll(
                        "not-transactional",
                        facts.tablesNotTransactional().stream()
                                .map(FactsCodec::writeTableEngine)
                                .toList())
                .withAll(
                        "channels",
                        facts.channels().stream().map(FactsCodec::writeChannel).toList())
                .withTexts(
                        "attached-replicas",
                        facts.attachedReplicas().stream().map(String::valueOf).toList())
                .with("gtid-executed", facts.gtidExecuted())
                .withAll(
                        "events",
                        facts.events().stream().map(FactsCodec::writeEvent).toList());
    }

    static ServerFacts read(Document document) {
        Map<String, String> variables = new TreeMap<>();
        Document stored = document.document("variables");
        stored.values().keySet().forEach(name -> variables.put(name, stored.text(name)));
        return new ServerFacts(
                new EngineId(document.text("engine")),
                new ServerAddress(document.text("host"), (int) document.number("port")),
                ServerVersion.parse(document.text("version")),
                document.text("server-uuid"),
                document.number("server-id"),
                document.truth("tls-offered"),
                variables,
                document.list("routines", FactsCodec::readRoutine),
                document.texts("grants"),
                document.texts("accounts"),
                document.texts("databases"),
                document.list("not-transactional", FactsCodec::readTableEngine),
                document.list("channels", FactsCodec::readChannel),
                document.texts("attached-replicas").stream().map(Long::valueOf).toList(),
                document.text("gtid-executed"),
                document.list("events", FactsCodec::readEvent));
    }

    private static Document writeRoutine(Routine routine) {
        return Document.empty().with("name", routine.name()).withTexts("parameters", routine.parameters());
    }

    private static Routine readRoutine(Document document) {
        return new Routine(document.text("name"), document.texts("parameters"));
    }

    private static Document writeTableEngine(TableEngine table) {
        return ScopeCodec.writeTable(table.table()).with("engine", table.engine());
    }

    private static TableEngine readTableEngine(Document document) {
        return new TableEngine(ScopeCodec.readTable(document), document.text("engine"));
    }

    private static Document writeEvent(EventFacts event) {
        return ScopeCodec.writeTable(event.name())
                .with("status", event.status())
                .with("definer-user", event.definerUser())
                .with("definer-host", event.definerHost())
                .with("client", event.characterSetClient())
                .with("collation", event.collationConnection())
                .with("databases-collation", event.hasDatabasesCollation());
    }

    private static EventFacts readEvent(Document document) {
        return new EventFacts(
                ScopeCodec.readTable(document),
                document.text("status"),
                document.text("definer-user"),
                document.text("definer-host"),
                document.text("client"),
                document.text("collation"),
                document.truth("databases-collation"));
    }

    private static Document writeChannel(ChannelFacts channel) {
        return Document.empty()
                .with("name", channel.name())
                .with("source-host", channel.sourceHost())
                .with("source-port", channel.sourcePort())
                .with("user", channel.user())
                .with("source-uuid", channel.sourceUuid())
                .with("auto-position", channel.autoPosition())
                .with("tls", channel.tls())
                .with("receiver", channel.receiverRunning())
                .with("applier", channel.applierRunning());
    }

    private static ChannelFacts readChannel(Document document) {
        return new ChannelFacts(
                document.text("name"),
                document.text("source-host"),
                (int) document.number("source-port"),
                document.text("user"),
                document.text("source-uuid"),
                document.truth("auto-position"),
                document.truth("tls"),
                document.text("receiver"),
                document.text("applier"));
    }
}
