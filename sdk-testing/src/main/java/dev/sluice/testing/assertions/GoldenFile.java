// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.assertions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A text that is kept beside a test, such as the preview of a plan, so that a reviewer sees every statement that changes.
 *
 * <p>To write the files of the tests that are run instead of comparing them, set the system property {@value #SWITCH} to {@code true}, such as
 * by {@code mvn test -Dsluice.golden.write=true}, or the environment variable {@value #VARIABLE}; then look at the difference before it is
 * committed. Lines end by a line feed on every system. Immutable and thread-safe.
 */
public final class GoldenFile {
    /** The system property that has files written. */
    public static final String SWITCH = "sluice.golden.write";

    /** The environment variable that does the same. */
    public static final String VARIABLE = "SLUICE_GOLDEN_WRITE";

    private final Path file;

    private GoldenFile(Path file) {
        this.file = file;
    }

    /**
     * The file at this path.
     *
     * @param file absolute, or relative to the directory that tests run in, which is the module's for Maven and Gradle: {@code
     *     src/test/resources/orders-plan.txt}
     */
    public static GoldenFile at(Path file) {
        return new GoldenFile(file);
    }

    /**
     * The file holds this text; or, with the switch, it does so afterwards.
     *
     * @throws AssertionError if it holds another one, or is not there
     */
    public void assertHolds(String text) {
        String wanted = lines(text);
        if (isWriting()) {
            write(wanted);
        } else if (Files.exists(file)) {
            assertThat(wanted)
                    .as("the text of %s; if it is to be the new one, run the test with -D%s=true", file, SWITCH)
                    .isEqualTo(lines(read()));
        } else {
            fail("There is no %s; run the test once with -D%s=true, and look at what it writes. It would be:%n%s"
                    .formatted(file.toAbsolutePath(), SWITCH, wanted));
        }
    }

    private static boolean isWriting() {
        return Boolean.getBoolean(SWITCH) || Boolean.parseBoolean(System.getenv(VARIABLE));
    }

    private static String lines(String text) {
        return text.replace("\r\n", "\n").strip() + "\n";
    }

    private String read() {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void write(String text) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
