// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.document;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object as a tree of plain values: text, whole numbers, booleans, lists and nested documents, in the order in which they
 * were put. Engines map their values to it by hand, so that stored data never depends on class layouts. Immutable and
 * thread-safe.
 *
 * <p>A read value that is absent or of another kind is an {@link IllegalArgumentException} that names the key.
 */
public final class Document {
    private static final Document EMPTY = new Document(Map.of());

    /** Values are {@code String}, {@code Long}, {@code Boolean}, {@code Document} or a {@code List} of these. */
    private final Map<String, Object> values;

    private Document(Map<String, Object> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    /** The document without any value. */
    public static Document empty() {
        return EMPTY;
    }

    /** The same with this text; null leaves the key out. */
    public Document with(String key, @Nullable String text) {
        return put(key, text);
    }

    /** The same with this number. */
    public Document with(String key, long number) {
        return put(key, number);
    }

    /** The same with this truth value. */
    public Document with(String key, boolean truth) {
        return put(key, truth);
    }

    /** The same with this nested document; null leaves the key out. */
    public Document with(String key, @Nullable Document nested) {
        return put(key, nested);
    }

    /** The same with a list of texts. */
    public Document withTexts(String key, Iterable<String> texts) {
        List<Object> list = new ArrayList<>();
        texts.forEach(list::add);
        return put(key, Collections.unmodifiableList(list));
    }

    /** The same with a list of documents. */
    public Document withAll(String key, Iterable<Document> documents) {
        List<Object> list = new ArrayList<>();
        documents.forEach(list::add);
        return put(key, Collections.unmodifiableList(list));
    }

    private Document put(String key, @Nullable Object value) {
        if (value == null) {
            return this;
        }
        Map<String, Object> more = new LinkedHashMap<>(values);
        more.put(key, value);
        return new Document(more);
    }

    /** Whether there is a value under the key. */
    public boolean has(String key) {
        return values.containsKey(key);
    }

    /**
     * The text under a key.
     *
     * @throws IllegalArgumentException if there is none, or it is no text
     */
    public String text(String key) {
        return required(key, String.class);
    }

    /**
     * The text under a key; empty if there is no such key.
     *
     * @throws IllegalArgumentException if the value is no text
     */
    public Optional<String> findText(String key) {
        return has(key) ? Optional.of(text(key)) : Optional.empty();
    }

    /**
     * The whole number under a key.
     *
     * @throws IllegalArgumentException if there is none, or it is no number
     */
    public long number(String key) {
        return required(key, Long.class);
    }

    /**
     * The truth value under a key.
     *
     * @throws IllegalArgumentException if there is none, or it is neither true nor false
     */
    public boolean truth(String key) {
        return required(key, Boolean.class);
    }

    /**
     * The nested document under a key.
     *
     * @throws IllegalArgumentException if there is none, or it is no document
     */
    public Document document(String key) {
        return required(key, Document.class);
    }

    /**
     * The nested document under a key; empty if there is no such key.
     *
     * @throws IllegalArgumentException if the value is no document
     */
    public Optional<Document> findDocument(String key) {
        return has(key) ? Optional.of(document(key)) : Optional.empty();
    }

    /** The texts of a list; empty if there is no such key. */
    public List<String> texts(String key) {
        return list(key, String.class, Function.identity());
    }

    /** The documents of a list, each turned into something; empty if there is no such key. */
    public <T> List<T> list(String key, Function<Document, T> reader) {
        return list(key, Document.class, reader);
    }

    private <V, T> List<T> list(String key, Class<V> type, Function<V, T> reader) {
        if (!has(key)) {
            return List.of();
        }
        List<T> read = new ArrayList<>();
        for (Object value : required(key, List.class)) {
            if (!type.isInstance(value)) {
                throw new IllegalArgumentException(
                        "The list " + key + " holds something else than " + type.getSimpleName());
            }
            read.add(reader.apply(type.cast(value)));
        }
        return List.copyOf(read);
    }

    private <T> T required(String key, Class<T> type) {
        Object value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException("No value " + key + " among " + values.keySet());
        }
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException("The value " + key + " is not a " + type.getSimpleName());
        }
        return type.cast(value);
    }

    /** The values in order, for writers: {@code String}, {@code Long}, {@code Boolean}, {@code Document} or lists of these. */
    public Map<String, Object> values() {
        return values;
    }

    /** A document from a reader's values, which must be of the kinds that {@link #values()} names. */
    public static Document of(Map<String, Object> values) {
        return new Document(new LinkedHashMap<>(values));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Document that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
