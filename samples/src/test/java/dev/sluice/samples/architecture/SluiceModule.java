// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;

/** One module, known by the package prefix that is its own. */
enum SluiceModule {
    API("api"),
    CORE("core"),
    EXTERNAL("external"),
    RDS("rds"),
    AURORA("aurora"),
    CONSOLE("console"),
    REPORT("report"),
    JOURNAL_JDBC("journal.jdbc"),
    PROGRAMS("programs"),
    DIAGNOSIS("diagnosis"),
    TEST_SERVERS("testservers"),
    TESTING("testing"),
    MICROMETER("micrometer"),
    SAMPLES("samples"),
    BENCHMARKS("benchmarks");

    private final String prefix;

    SluiceModule(String name) {
        this.prefix = "dev.sluice." + name;
    }

    /** The code of all modules, as the compiler wrote it; this module's tests left out. */
    static JavaClasses code() {
        return Code.OF_ALL_MODULES;
    }

    /** Read once: reading it takes longer than all rules together. */
    private static final class Code {
        private static final JavaClasses OF_ALL_MODULES = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(Stream.of(values()).map(m -> m.prefix).toArray(String[]::new));
    }

    /** Those whose names say that a program may be built from them. */
    static List<SluiceModule> libraries() {
        return List.of(
                API,
                CORE,
                EXTERNAL,
                RDS,
                AURORA,
                CONSOLE,
                REPORT,
                JOURNAL_JDBC,
                PROGRAMS,
                DIAGNOSIS,
                TEST_SERVERS,
                TESTING,
                MICROMETER);
    }

    static String[] packagesOf(SluiceModule... modules) {
        return Stream.of(modules).map(SluiceModule::packages).toArray(String[]::new);
    }

    static String[] packagesOf(List<SluiceModule> modules) {
        return packagesOf(modules.toArray(SluiceModule[]::new));
    }

    String prefix() {
        return prefix;
    }

    /** This module's packages in ArchUnit's notation. */
    String packages() {
        return prefix + "..";
    }

    boolean owns(JavaClass type) {
        return type.getPackageName().equals(prefix) || type.getPackageName().startsWith(prefix + ".");
    }

    boolean isEmptyIn(JavaClasses code) {
        return code.stream()
                .filter(this::owns)
                .allMatch(type -> type.getSimpleName().equals("package-info"));
    }
}
