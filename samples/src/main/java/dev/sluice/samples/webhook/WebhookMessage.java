// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.api.run.RunEvent;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Optional;

/** What is worth a message, and how it is put. Events hold no secret, so that messages hold none. */
final class WebhookMessage {
    private WebhookMessage() {}

    /** The JSON that is posted; empty for what nobody wants to be woken by. */
    static Optional<String> of(RunEvent event) {
        return text(event).map(text -> json(event, text));
    }

    private static Optional<String> text(RunEvent event) {
        if (event instanceof RunEvent.RunStarted) {
            return Optional.of("has begun");
        } else if (event instanceof RunEvent.RunResumed) {
            return Optional.of("was resumed");
        } else if (event instanceof RunEvent.RunLeft left) {
            return Optional.of(
                    "waits to be resumed or abandoned: " + left.left().about());
        } else if (event instanceof RunEvent.PersonNeeded person) {
            return Optional.of("waits for a person: " + person.action().purpose());
        } else if (event instanceof RunEvent.Warning warning) {
            return Optional.of("warns: " + warning.problem());
        } else if (event instanceof RunEvent.RunFinished finished) {
            return Optional.of("is " + finished.result().state()
                    + finished.result().problem().map(why -> ": " + why).orElse(""));
        }
        return Optional.empty();
    }

    private static String json(RunEvent event, String text) {
        StringWriter json = new StringWriter();
        try (JsonGenerator out = new JsonFactory().createGenerator(json)) {
            out.writeStartObject();
            out.writeStringField("run", event.run().value());
            out.writeStringField("at", event.at().toString());
            out.writeStringField("event", event.getClass().getSimpleName());
            out.writeStringField("text", "Run " + event.run() + " " + text);
            out.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return json.toString();
    }
}
