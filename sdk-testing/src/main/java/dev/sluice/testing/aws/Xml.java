// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import java.time.Instant;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An element that is being written, content first. */
final class Xml {
    private final String name;
    private final StringBuilder content = new StringBuilder();

    private Xml(String name) {
        this.name = name;
    }

    static Xml element(String name) {
        return new Xml(name);
    }

    /** An element that holds text. */
    static Xml of(String name, Object value) {
        Xml element = new Xml(name);
        element.content.append(escaped(value.toString()));
        return element;
    }

    /** Adds an element with text; nothing when there is no value, as AWS leaves members out. */
    Xml with(String child, @Nullable Object value) {
        return value == null ? this : with(of(child, value));
    }

    Xml with(String child, @Nullable Instant instant) {
        return with(child, instant == null ? null : (Object) instant.toString());
    }

    Xml with(Xml child) {
        content.append(child);
        return this;
    }

    /** Adds what another element holds. */
    Xml contentOf(Xml other) {
        content.append(other.content);
        return this;
    }

    /** Adds an element that holds one for each of these. */
    <T> Xml list(String list, Collection<T> items, Function<? super T, Xml> item) {
        Xml all = element(list);
        items.forEach(one -> all.with(item.apply(one)));
        return with(all);
    }

    private static String escaped(String value) {
        return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    @Override
    public String toString() {
        return "<" + name + ">" + content + "</" + name.split(" ", 2)[0] + ">";
    }
}
