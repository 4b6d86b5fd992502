// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import dev.sluice.testservers.MySqlRelease;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads which release of MySQL is measured: one that has its client programs with it. */
final class ServerRelease implements ITypeConverter<MySqlRelease> {
    private static final List<MySqlRelease> KNOWN = List.of(MySqlRelease.MYSQL_8_0_33, MySqlRelease.MYSQL_9);

    @Override
    public MySqlRelease convert(String version) {
        return KNOWN.stream()
                .filter(release -> release.version().equals(version))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + version + "' is neither 8.0.33 nor 9"));
    }
}
