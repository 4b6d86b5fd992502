// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.journal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Which process has a lease, so that one that died is not waited for.
 *
 * @param pid its id
 * @param startedAt on Linux ticks since the boot, which no setting of the clock changes; elsewhere milliseconds since 1970; 0 if the system does
 *     not say
 * @param place within which process ids are unique and times comparable: the boot and the namespace where the system tells them, else the host's
 *     name
 */
public record ProcessMark(long pid, long startedAt, String place) {
    /** Where the clock may be set the same start is told a little differently. */
    private static final Duration INEXACT = Duration.ofSeconds(5);

    /** Ends places within which starts are told in ticks: marks of before that count as those of another place, which are waited for. */
    private static final String TICKS = "/ticks";

    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path NAMESPACE = Path.of("/proc/self/ns/pid");

    /** Of the one that asks. */
    public static ProcessMark ofThisProcess() {
        return of(ProcessHandle.current());
    }

    /** Of one that runs here. */
    static ProcessMark of(ProcessHandle process) {
        String place = herePlace();
        return new ProcessMark(process.pid(), startOf(process, place), place);
    }

    private static long startOf(ProcessHandle process, String place) {
        return place.endsWith(TICKS)
                ? ProcessTicks.read(process.pid()).orElse(0)
                : process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static String herePlace() {
        try {
            if (Files.isReadable(BOOT)) {
                return Files.readString(BOOT).strip() + "/" + Files.readSymbolicLink(NAMESPACE) + TICKS;
            }
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        } catch (IOException | UnsupportedOperationException hidden) {
            // Then nobody can be told to be dead, and all are waited for.
            return "";
        }
    }

    /** Whether it surely runs no more. False where nobody can tell, as for processes elsewhere. */
    public boolean isDead() {
        if (place.isEmpty() || !place.equals(herePlace())) {
            return false;
        }
        Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
        return process.isEmpty() || isAnother(startOf(process.get(), place));
    }

    /** Numbers of processes are used again. */
    private boolean isAnother(long start) {
        long inexact = place.endsWith(TICKS) ? 0 : INEXACT.toMillis();
        return start != 0 && startedAt != 0 && Math.abs(start - startedAt) > inexact;
    }

    /** As it is stored. */
    public String text() {
        return pid + " " + startedAt + " " + place;
    }

    /** Empty if it was not written to its end. */
    public static Optional<ProcessMark> parse(String text) {
        String[] parts = text.strip().split(" ", 3);
        boolean isWhole = parts.length == 3 && parts[0].matches("\\d{1,18}") && parts[1].matches("\\d{1,18}");
        return isWhole
                ? Optional.of(new ProcessMark(Long.parseLong(parts[0]), Long.parseLong(parts[1]), parts[2]))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "process " + pid + (place.isEmpty() ? "" : " on " + place);
    }
}
