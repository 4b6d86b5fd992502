// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.docs;

import java.io.File;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs the tests among compiled snippets, as whoever copies one into a file of his own would. */
final class SnippetRunner {
    private final Path classes;

    SnippetRunner(Path classes) {
        this.classes = classes;
    }

    /** The tests that have passed; the first that does not ends it with its own failure. */
    List<String> passed() throws Exception {
        List<String> passed = new ArrayList<>();
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            for (String name : names()) {
                Class<?> type = loader.loadClass(name);
                for (Method test : annotated(type, Test.class)) {
                    run(type, test);
                    passed.add(type.getSimpleName() + "." + test.getName());
                }
            }
        }
        return passed;
    }

    private static void run(Class<?> type, Method test) throws Exception {
        Constructor<?> maker = type.getDeclaredConstructor();
        maker.setAccessible(true);
        Object instance = maker.newInstance();
        try {
            test.setAccessible(true);
            test.invoke(instance);
        } finally {
            for (Method after : annotated(type, AfterEach.class)) {
                after.setAccessible(true);
                after.invoke(instance);
            }
        }
    }

    private static List<Method> annotated(Class<?> type, Class<? extends Annotation> annotation) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(annotation))
                .toList();
    }

    /** Each block is compiled into a package of its own. Tests take no parameters. */
    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.walk(classes)) {
            return files.map(file -> classes.relativize(file).toString())
                    .filter(name -> name.endsWith("Test.class"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace(File.separatorChar, '.'))
                    .sorted()
                    .toList();
        }
    }
}
