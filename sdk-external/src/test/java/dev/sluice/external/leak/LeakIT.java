// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.ServerOptions;
import dev.sluice.testservers.SharedServers;
import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An application server that takes an application with the SDK out again gets everything back: threads, files, drivers, classes. */
@Timeout(180)
class LeakIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path journal;

    @Test
    void nothingIsLeftOfAWholeRunNotEvenItsClasses() throws Exception {
        try (SharedServers.Loan source = lend();
                SharedServers.Loan replica = lend()) {
            source.server()
                    .execute(
                            "CREATE DATABASE shop",
                            "CREATE TABLE shop.t (id INT PRIMARY KEY)",
                            "INSERT INTO shop.t VALUES (1)");
            Map<String, String> given = Map.of(
                    "journal", journal.toString(),
                    "source", source.server().rootPassword(),
                    "source.port", String.valueOf(source.server().port()),
                    "replica", replica.server().rootPassword(),
                    "replica.port", String.valueOf(replica.server().port()));
            Set<Thread> threads = Thread.getAllStackTraces().keySet();
            List<Driver> drivers = DriverManager.drivers().toList();

            WeakReference<ClassLoader> gone = runInALoaderOfItsOwn(given);

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(namesOf(threads)).isEmpty());
            assertThat(DriverManager.drivers().toList()).isEqualTo(drivers);
            assertThat(openFiles()).noneMatch(file -> file.startsWith(journal.toString()));
            for (SharedServers.Loan each : List.of(source, replica)) {
                await().atMost(SOON)
                        .untilAsserted(() -> assertThat(each.server()
                                        .query("SELECT PROCESSLIST_ID FROM performance_schema.session_connect_attrs"
                                                + " WHERE ATTR_NAME = 'program_name' AND ATTR_VALUE = 'sluice'"))
                                .isEmpty());
            }
            letGoOfTheLastRecord();
            await().atMost(SOON).untilAsserted(() -> {
                System.gc();
                assertThat(gone.get()).as("the application's class loader").isNull();
            });
        }
    }

    /**
     * Java 17 remembers in its own {@code java.lang.runtime.ObjectMethods} for which record {@code equals} was last made ready, of whatever class
     * loader it is, until it is another one's turn.
     */
    private static void letGoOfTheLastRecord() {
        assertThat(new Last(SOON)).isEqualTo(new Last(Duration.ofSeconds(20))).hasToString("Last[any=PT20S]");
    }

    /** @param any something that is no plain {@code Object} */
    private record Last(Duration any) {}

    private static SharedServers.Loan lend() {
        return SharedServers.ofThisJvm().borrow(MySqlRelease.MYSQL_8_0_31, ServerOptions::gtid);
    }

    /** A method of its own, so that no variable of the test holds the loader. */
    @SuppressWarnings("unchecked")
    private static WeakReference<ClassLoader> runInALoaderOfItsOwn(Map<String, String> given) throws Exception {
        try (URLClassLoader loader = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            Function<Map<String, String>, String> run = (Function<Map<String, String>, String>)
                    loader.loadClass(WholeRun.class.getName()).getConstructor().newInstance();
            assertThat(run.getClass()).isNotSameAs(WholeRun.class);

            assertThat(run.apply(given)).isEqualTo("SUCCEEDED true true");
            return new WeakReference<>(loader);
        }
    }

    private static URL[] classPath() throws MalformedURLException {
        List<URL> all = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            all.add(Path.of(entry).toUri().toURL());
        }
        return all.toArray(URL[]::new);
    }

    /** Of the threads that have come since, but those of the JVM and the test itself. */
    private static List<String> namesOf(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .map(Thread::getName)
                .filter(name -> name.startsWith("sluice-") || name.startsWith("mysql-"))
                .toList();
    }

    /** Where the operating system tells; empty elsewhere. */
    private static Set<String> openFiles() throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        if (!Files.isDirectory(descriptors)) {
            return Set.of();
        }
        try (Stream<Path> all = Files.list(descriptors)) {
            return all.map(LeakIT::target).collect(Collectors.toSet());
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }
}
