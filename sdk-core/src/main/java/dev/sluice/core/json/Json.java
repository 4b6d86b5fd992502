// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import dev.sluice.api.document.Document;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes documents as JSON and reads them back. Thread-safe. */
public final class Json {
    /**
     * Compiled plans hold whole statements, journals of large plans many: lengths are bounded by memory, depth is not. Its
     * buffers are kept here and not on the host's threads, which may live longer than this class.
     */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(100)
                    .maxStringLength(64 << 20)
                    .build())
            .build();

    private Json() {}

    /** On one line. */
    public static String write(Document document) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(text)) {
            writeDocument(document, generator);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    /** With line breaks, for people. */
    public static String writePretty(Document document) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(text)) {
            generator.setPrettyPrinter(new DefaultPrettyPrinter());
            writeDocument(document, generator);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private static void writeDocument(Document document, JsonGenerator generator) throws IOException {
        generator.writeStartObject();
        for (Map.Entry<String, Object> entry : document.values().entrySet()) {
            generator.writeFieldName(entry.getKey());
            writeValue(entry.getValue(), generator);
        }
        generator.writeEndObject();
    }

    private static void writeValue(Object value, JsonGenerator generator) throws IOException {
        if (value instanceof String text) {
            generator.writeString(text);
        } else if (value instanceof Long number) {
            generator.writeNumber(number);
        } else if (value instanceof Boolean truth) {
            generator.writeBoolean(truth);
        } else if (value instanceof Document nested) {
            writeDocument(nested, generator);
        } else if (value instanceof List<?> list) {
            generator.writeStartArray();
            for (Object element : list) {
                writeValue(element, generator);
            }
            generator.writeEndArray();
        } else {
            throw new IllegalArgumentException(
                    "A document holds a " + value.getClass().getName());
        }
    }

    /**
     * Reads one JSON object. Nulls are left out; fractions are refused, since nothing of ours writes them.
     *
     * @throws IllegalArgumentException if the text is not one JSON object
     */
    public static Document read(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            require(parser.nextToken() == JsonToken.START_OBJECT, "is not an object");
            Document document = readDocument(parser);
            require(parser.nextToken() == null, "goes on after its object");
            return document;
        } catch (IOException malformed) {
            throw new IllegalArgumentException("Not JSON: " + firstLine(malformed), malformed);
        }
    }

    private static String firstLine(IOException malformed) {
        String message = String.valueOf(malformed.getMessage());
        return message.lines().findFirst().orElse("unreadable");
    }

    private static Document readDocument(JsonParser parser) throws IOException {
        Map<String, Object> values = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            if (parser.nextToken() != JsonToken.VALUE_NULL) {
                require(values.put(key, readValue(parser)) == null, "names " + key + " twice");
            }
        }
        return Document.of(values);
    }

    private static Object readValue(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case START_OBJECT -> readDocument(parser);
            case START_ARRAY -> readList(parser);
            default -> throw new IllegalArgumentException("The JSON holds a " + parser.currentToken());
        };
    }

    private static List<Object> readList(JsonParser parser) throws IOException {
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(readValue(parser));
        }
        return Collections.unmodifiableList(list);
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException("The JSON " + otherwise);
        }
    }
}
