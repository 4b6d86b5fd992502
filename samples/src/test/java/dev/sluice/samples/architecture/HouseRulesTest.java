// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static dev.sluice.samples.architecture.SluiceModule.CORE;
import static dev.sluice.samples.architecture.SluiceModule.packagesOf;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.PackageMatchers;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** What no class of the SDK does, wherever it stands. */
class HouseRulesTest {
    private static final JavaClasses CODE = SluiceModule.code();
    private static final String[] LIBRARIES = packagesOf(SluiceModule.libraries());

    @Test
    void generatedClassesAreNotPublic() {
        check(classes().that().haveSimpleNameStartingWith("Immutable").should().notBePublic());
    }

    @Test
    void librariesDoNotPrint() {
        GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS
                .allowEmptyShould(true)
                .check(CODE.that(resideInALibrary()));
    }

    @Test
    void librariesDoNotEndTheProcess() {
        check(noClasses()
                .that()
                .resideInAnyPackage(LIBRARIES)
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class));
    }

    @Test
    void nobodyUsesTheLoggingOfTheJdk() {
        check(noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging"));
    }

    @Test
    void packagesOfCoreDoNotDependOnEachOtherInCircles() {
        check(slices().assignedFrom(eachPackageOfCore()).should().beFreeOfCycles());
    }

    @Test
    void everyPackageIsNullMarked() {
        check(classes().should(resideInANullMarkedPackage()));
    }

    private static DescribedPredicate<JavaClass> resideInALibrary() {
        return DescribedPredicate.describe(
                "reside in a library", type -> PackageMatchers.of(LIBRARIES).test(type.getPackageName()));
    }

    private static SliceAssignment eachPackageOfCore() {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                return CORE.owns(type) ? SliceIdentifier.of(type.getPackageName()) : SliceIdentifier.ignore();
            }

            @Override
            public String getDescription() {
                return "the packages of core";
            }
        };
    }

    private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
        return new ArchCondition<>("reside in a package that is @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                    events.add(SimpleConditionEvent.violated(
                            type, type.getPackageName() + " has no @NullMarked package-info (" + type.getName() + ")"));
                }
            }
        };
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(CODE);
    }
}
