// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.junit;

import dev.sluice.testing.rds.RdsFlavour;
import dev.sluice.testservers.MySqlRelease;
import java.lang.reflect.AnnotatedElement;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The server that a parameter asks for. Immutable.
 *
 * @param kind as it is called in messages
 * @param release the MySQL below
 * @param flavourOrNull what it is dressed as, or null
 */
record Wanted(String kind, MySqlRelease release, @Nullable RdsFlavour flavourOrNull, String name, boolean gtid) {
    /** Empty if the parameter asks for none. */
    static Optional<Wanted> by(AnnotatedElement parameter) {
        return Stream.of(
                        Optional.ofNullable(parameter.getAnnotation(MySqlServer.class))
                                .map(Wanted::of),
                        Optional.ofNullable(parameter.getAnnotation(RdsServer.class))
                                .map(Wanted::of),
                        Optional.ofNullable(parameter.getAnnotation(AuroraServer.class))
                                .map(Wanted::of))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Wanted of(MySqlServer plain) {
        MySqlRelease release = MySqlRelease.named(plain.value());
        return new Wanted(release.toString(), release, null, plain.name(), plain.gtid());
    }

    private static Wanted of(RdsServer rds) {
        RdsFlavour flavour = switch (rds.value()) {
            case "5.7" -> RdsFlavour.MYSQL_5_7;
            case "8.0" -> RdsFlavour.MYSQL_8_0;
            case "8.4" -> RdsFlavour.MYSQL_8_4;
            default -> throw unknown("RDS for MySQL", rds.value(), "5.7, 8.0 and 8.4");
        };
        return dressed("RDS for MySQL " + rds.value(), flavour, rds.name(), rds.gtid());
    }

    private static Wanted of(AuroraServer aurora) {
        RdsFlavour flavour = switch (aurora.value()) {
            case "2" -> RdsFlavour.AURORA_2;
            case "3" -> RdsFlavour.AURORA_3;
            case "8.4" -> RdsFlavour.AURORA_8_4;
            default -> throw unknown("Aurora MySQL", aurora.value(), "2, 3 and 8.4");
        };
        return dressed("Aurora MySQL " + aurora.value(), flavour, aurora.name(), aurora.gtid());
    }

    private static Wanted dressed(String kind, RdsFlavour flavour, String name, boolean gtid) {
        MySqlRelease below = switch (flavour) {
            case MYSQL_5_7, AURORA_2 -> MySqlRelease.MYSQL_5_7;
            case MYSQL_8_0, AURORA_3 -> MySqlRelease.MYSQL_8_0_31;
            case MYSQL_8_4, AURORA_8_4 -> MySqlRelease.MYSQL_9;
        };
        return new Wanted(kind, below, flavour, name, gtid);
    }

    private static IllegalArgumentException unknown(String kind, String version, String known) {
        return new IllegalArgumentException("No " + kind + " is called " + version + ". There are " + known);
    }

    /** Why it cannot be had on this machine. May take minutes the first time, in which the release is fetched. */
    Optional<String> unavailable() {
        return release.availability().map(reason -> kind + " needs a server that is not to be had: " + reason);
    }

    Optional<RdsFlavour> flavour() {
        return Optional.ofNullable(flavourOrNull);
    }
}
