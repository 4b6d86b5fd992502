// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static dev.sluice.samples.architecture.SluiceModule.API;
import static dev.sluice.samples.architecture.SluiceModule.AURORA;
import static dev.sluice.samples.architecture.SluiceModule.BENCHMARKS;
import static dev.sluice.samples.architecture.SluiceModule.CONSOLE;
import static dev.sluice.samples.architecture.SluiceModule.CORE;
import static dev.sluice.samples.architecture.SluiceModule.DIAGNOSIS;
import static dev.sluice.samples.architecture.SluiceModule.EXTERNAL;
import static dev.sluice.samples.architecture.SluiceModule.JOURNAL_JDBC;
import static dev.sluice.samples.architecture.SluiceModule.MICROMETER;
import static dev.sluice.samples.architecture.SluiceModule.PROGRAMS;
import static dev.sluice.samples.architecture.SluiceModule.RDS;
import static dev.sluice.samples.architecture.SluiceModule.REPORT;
import static dev.sluice.samples.architecture.SluiceModule.SAMPLES;
import static dev.sluice.samples.architecture.SluiceModule.TESTING;
import static dev.sluice.samples.architecture.SluiceModule.TEST_SERVERS;
import static dev.sluice.samples.architecture.SluiceModule.packagesOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import dev.sluice.core.log.LogContext;
import dev.sluice.core.plan.CoordinatesCodec;
import dev.sluice.core.snapshot.LockWindow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Dependencies run one way: api, core, engines. Each rule passes over a module that has no code yet. */
class ModuleBoundariesTest {
    private static final JavaClasses CODE = SluiceModule.code();
    private static final String AWS_SDK = "software.amazon.awssdk..";
    private static final String MANAGED = "dev.sluice.rds.managed";
    private static final String DRIVER = "com.mysql..";

    /** A module without code is reported as skipped, so that nobody takes the rules below for checked. */
    @ParameterizedTest
    @EnumSource
    void moduleHasCodeForTheRulesToLookAt(SluiceModule module) {
        assumeThat(module.isEmptyIn(CODE))
                .as("no code yet in %s: no rule has checked it", module.prefix())
                .isFalse();

        assertThat(CODE.stream().filter(module::owns)).isNotEmpty();
    }

    /** Immutables' and Error Prone's annotations are there to compile; nobody needs them to run. */
    @Test
    void apiNeedsNothingButTheLanguageAndJSpecify() {
        check(classes()
                .that()
                .resideInAPackage(API.packages())
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "",
                        API.packages(),
                        "java..",
                        "org.jspecify..",
                        "org.immutables.value..",
                        "com.google.errorprone.annotations.."));
    }

    @Test
    void apiKnowsNoJdbc() {
        check(noClasses()
                .that()
                .resideInAPackage(API.packages())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql.."));
    }

    @Test
    void theConsoleKnowsTheApiOnly() {
        check(classes()
                .that()
                .resideInAPackage(CONSOLE.packages())
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(CONSOLE.packages(), API.packages(), "java..", "org.jspecify.."));
    }

    @Test
    void coreKnowsNoEngineAndNoTestTools() {
        mustNotUse(CORE, EXTERNAL, RDS, AURORA, TEST_SERVERS, TESTING, SAMPLES, BENCHMARKS);
    }

    @Test
    void enginesKnowNoOtherEngineExceptAuroraItsControlPlane() {
        mustNotUse(EXTERNAL, RDS, AURORA, TEST_SERVERS, TESTING, SAMPLES, BENCHMARKS);
        mustNotUse(RDS, EXTERNAL, AURORA, TEST_SERVERS, TESTING, SAMPLES, BENCHMARKS);
        mustNotUse(AURORA, EXTERNAL, TEST_SERVERS, TESTING, SAMPLES, BENCHMARKS);
    }

    @Test
    void auroraUsesOfRdsOnlyWhatIsPublishedToIt() {
        check(noClasses()
                .that()
                .resideInAPackage(AURORA.packages())
                .should()
                .dependOnClassesThat(in(RDS).and(DescribedPredicate.not(inPackage("dev.sluice.rds.aws")))
                        .and(DescribedPredicate.not(inPackage(MANAGED)))));
    }

    @Test
    void whatEnginesForAwsShareKnowsNeitherOfThem() {
        check(noClasses()
                .that()
                .resideInAnyPackage(MANAGED, "dev.sluice.rds.aws")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.sluice.rds", AURORA.packages()));
    }

    /** Everybody else is to write steps of their own: these hold promises about two engines only. */
    @Test
    void managedStepsAreForTheEnginesForAwsOnly() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(packagesOf(RDS, AURORA))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(MANAGED));
    }

    @Test
    void enginesUseOfCoreOnlyTheMySqlToolkit() {
        check(noClasses()
                .that()
                .resideInAnyPackage(packagesOf(EXTERNAL, RDS, AURORA))
                .should()
                .dependOnClassesThat(in(CORE).and(DescribedPredicate.not(inPackage("dev.sluice.core.mysql")))));
    }

    @Test
    void testServersKnowNothingOfSluice() {
        mustNotUse(TEST_SERVERS, API, CORE, EXTERNAL, RDS, AURORA, TESTING, SAMPLES, BENCHMARKS);
    }

    @Test
    void testingKnowsNoEngine() {
        mustNotUse(TESTING, EXTERNAL, RDS, AURORA, SAMPLES, BENCHMARKS);
    }

    /** Metrics are made of what every listener hears, and are for those who want them. */
    @Test
    void metricsKnowTheApiAndNobodyKnowsThem() {
        mustNotUse(MICROMETER, CORE, EXTERNAL, RDS, AURORA, TEST_SERVERS, TESTING, SAMPLES, BENCHMARKS);
        for (SluiceModule module : SluiceModule.values()) {
            if (module != MICROMETER && module != SAMPLES) {
                check(noClasses()
                        .that()
                        .resideInAPackage(module.packages())
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(MICROMETER.packages(), "io.micrometer.."));
            }
        }
    }

    /** A report is made of what a listener hears. Of core it needs its documents as JSON, and the version that ran. */
    @Test
    void reportsKnowTheApiAndHowDocumentsAreWritten() {
        mustNotUse(REPORT, EXTERNAL, RDS, AURORA, CONSOLE, TEST_SERVERS, TESTING, SAMPLES, BENCHMARKS);
        check(noClasses()
                .that()
                .resideInAPackage(REPORT.packages())
                .should()
                .dependOnClassesThat(in(CORE).and(DescribedPredicate.not(inPackage("dev.sluice.core")))
                        .and(DescribedPredicate.not(inPackage("dev.sluice.core.json")))
                        .and(DescribedPredicate.not(JavaClass.Predicates.type(CoordinatesCodec.class)))));
    }

    /** Who wants reports names them; assertions about them come with the test kit. */
    @Test
    void onlyTheTestKitKnowsReports() {
        for (SluiceModule module : SluiceModule.values()) {
            if (module != REPORT && module != TESTING && module != SAMPLES) {
                mustNotUse(module, REPORT);
            }
        }
    }

    /** Journals in databases are a part of the host's own choice, and know how records are stored. */
    @Test
    void journalsInDatabasesKnowJournalsOnlyAndNobodyKnowsThem() {
        mustNotUse(JOURNAL_JDBC, EXTERNAL, RDS, AURORA, CONSOLE, REPORT, TEST_SERVERS, TESTING, SAMPLES, BENCHMARKS);
        check(noClasses()
                .that()
                .resideInAPackage(JOURNAL_JDBC.packages())
                .should()
                .dependOnClassesThat(in(CORE).and(DescribedPredicate.not(inPackage("dev.sluice.core.journal")))));
        for (SluiceModule module : SluiceModule.values()) {
            if (module != JOURNAL_JDBC && module != SAMPLES) {
                mustNotUse(module, JOURNAL_JDBC);
            }
        }
    }

    /** What runs client programs knows what core asks of them and the MySQL toolkit; who wants it names it. */
    @Test
    void clientProgramsKnowTheirSeamOnlyAndNobodyKnowsThem() {
        mustNotUse(
                PROGRAMS,
                EXTERNAL,
                RDS,
                AURORA,
                CONSOLE,
                REPORT,
                JOURNAL_JDBC,
                TEST_SERVERS,
                TESTING,
                SAMPLES,
                BENCHMARKS);
        check(noClasses()
                .that()
                .resideInAPackage(PROGRAMS.packages())
                .should()
                .dependOnClassesThat(in(CORE).and(DescribedPredicate.not(inPackage("dev.sluice.core.dump")))
                        .and(DescribedPredicate.not(inPackage("dev.sluice.core.mysql")))
                        .and(DescribedPredicate.not(JavaClass.Predicates.type(LockWindow.class)))
                        .and(DescribedPredicate.not(JavaClass.Predicates.type(LogContext.class)))));
        for (SluiceModule module : SluiceModule.values()) {
            if (module != PROGRAMS && module != SAMPLES) {
                mustNotUse(module, PROGRAMS);
            }
        }
    }

    /** Nobody asks for client programs but who copies, compiles and checks. */
    @Test
    void ofCoreTheSeamOfProgramsKnowsTheToolkitOnly() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.sluice.core.dump")
                .should()
                .dependOnClassesThat(in(CORE).and(DescribedPredicate.not(inPackage("dev.sluice.core.dump")))
                        .and(DescribedPredicate.not(inPackage("dev.sluice.core.mysql")))
                        .and(DescribedPredicate.not(JavaClass.Predicates.type(LockWindow.class)))));
    }

    /** What knows failures knows what core asks of it and the MySQL toolkit; who wants it names it. */
    @Test
    void diagnosesKnowTheirSeamOnlyAndNobodyKnowsThem() {
        mustNotUse(
                DIAGNOSIS,
                EXTERNAL,
                RDS,
                AURORA,
                CONSOLE,
                REPORT,
                JOURNAL_JDBC,
                PROGRAMS,
                TEST_SERVERS,
                TESTING,
                SAMPLES,
                BENCHMARKS);
        check(noClasses()
                .that()
                .resideInAPackage(DIAGNOSIS.packages())
                .should()
                .dependOnClassesThat(in(CORE).and(DescribedPredicate.not(inPackage("dev.sluice.core.diagnosis")))
                        .and(DescribedPredicate.not(inPackage("dev.sluice.core.mysql")))));
        for (SluiceModule module : SluiceModule.values()) {
            if (module != DIAGNOSIS && module != SAMPLES) {
                mustNotUse(module, DIAGNOSIS);
            }
        }
    }

    @Test
    void ofCoreTheSeamOfDiagnosesKnowsNothing() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.sluice.core.diagnosis")
                .should()
                .dependOnClassesThat(in(CORE).and(DescribedPredicate.not(inPackage("dev.sluice.core.diagnosis")))));
    }

    @Test
    void awsTypesStayInTheEnginesForAws() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(packagesOf(RDS, AURORA))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(AWS_SDK));
    }

    @Test
    void noModuleButCoreKnowsTheDriver() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(packagesOf(CORE, TEST_SERVERS, BENCHMARKS))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(DRIVER));
    }

    @Test
    void twoClassesOfCoreKnowTheDriver() {
        assertThat(CODE.stream()
                        .filter(CORE::owns)
                        .filter(ModuleBoundariesTest::usesTheDriver)
                        .map(ModuleBoundariesTest::outermost)
                        .distinct())
                .hasSizeLessThanOrEqualTo(2);
    }

    private static boolean usesTheDriver(JavaClass type) {
        return type.getDirectDependenciesFromSelf().stream()
                .anyMatch(use -> use.getTargetClass().getPackageName().startsWith("com.mysql."));
    }

    private static String outermost(JavaClass type) {
        return type.getEnclosingClass().map(ModuleBoundariesTest::outermost).orElse(type.getName());
    }

    private static void mustNotUse(SluiceModule module, SluiceModule... others) {
        check(noClasses()
                .that()
                .resideInAPackage(module.packages())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packagesOf(others)));
    }

    private static DescribedPredicate<JavaClass> in(SluiceModule module) {
        return JavaClass.Predicates.resideInAPackage(module.packages());
    }

    private static DescribedPredicate<JavaClass> inPackage(String name) {
        return JavaClass.Predicates.resideInAPackage(name);
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(CODE);
    }
}
