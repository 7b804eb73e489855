package com.ourvidz.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;

/** The directions in which the modules and packages that this one sees may depend on each other. */
class ArchitectureTest {

    private static final JavaClasses OURS =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("com.ourvidz");

    @Test
    void coreDependsOnNothingButTheJdkAndUnicodesTables() {
        classes()
                .that()
                .resideInAPackage("com.ourvidz.core..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("com.ourvidz.core..", "java..", "javax.crypto..", "org.jspecify..", "com.ibm.icu..")
                .check(OURS);
    }

    @Test
    void adaptersKnowOfOursOnlyCore() {
        noClasses()
                .that()
                .resideInAPackage("com.ourvidz.adapters..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "com.ourvidz.server..", "com.ourvidz.worker..", "com.ourvidz.cli..", "com.ourvidz.diffusion..")
                .check(OURS);
    }

    @Test
    void onlyTheWiringKnowsTheAdapters() {
        noClasses()
                .that()
                .resideInAPackage("com.ourvidz.server.*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.ourvidz.adapters..")
                .check(OURS);
    }

    @Test
    void featuresDoNotKnowTheWiring() {
        noClasses()
                .that()
                .resideInAPackage("com.ourvidz.server.*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.ourvidz.server")
                .check(OURS);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("com.ourvidz.server.(*)..").should().beFreeOfCycles().check(OURS);
        slices().matching("com.ourvidz.adapters.(*)..")
                .should()
                .beFreeOfCycles()
                .check(OURS);
        slices().matching("com.ourvidz.core.(*)..").should().beFreeOfCycles().check(OURS);
    }
}
