package com.ourvidz.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.enhancer.LlamaMain;
import com.ourvidz.server.SettingsException;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The directions of the modules, as ARCHITECTURE.md has them. */
class ArchitectureTest {

    private static final String OURS = "com.ourvidz..";

    private static JavaClasses all;

    @BeforeAll
    static void load() {
        all = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("com.ourvidz");
    }

    @Test
    void everyModuleIsLookedAt() {
        assertThat(Stream.of("diffusion", "core", "enhancer", "adapters", "server", "worker", "cli"))
                .allMatch(module -> all.stream()
                        .map(JavaClass::getPackageName)
                        .anyMatch(name -> name.startsWith("com.ourvidz." + module)));
    }

    @Test
    void diffusionUsesNothingOfOursAndNoFramework() {
        usesOfOurs("diffusion");
        classes()
                .that()
                .resideInAPackage("com.ourvidz.diffusion..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "com.ourvidz.diffusion..",
                        "java..",
                        "javax.imageio..",
                        "org.bytedeco..",
                        "ai.djl..",
                        "tools.jackson..",
                        "com.fasterxml.jackson.annotation..",
                        "org.slf4j..",
                        "org.jspecify.."))
                .check(all);
    }

    @Test
    void coreUsesNothingButTheJdkAndUnicodesTablesAndDoesNoInputOrOutputOfItsOwn() {
        classes()
                .that()
                .resideInAPackage("com.ourvidz.core..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "com.ourvidz.core..", "java..", "javax.crypto..", "com.ibm.icu..", "org.jspecify.."))
                .check(all);
        noClasses()
                .that()
                .resideInAPackage("com.ourvidz.core..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.net..", "java.nio.file..", "java.sql..", "javax.sql.."))
                .check(all);
    }

    @Test
    void enhancerUsesNothingOfOursAndNoFramework() {
        usesOfOurs("enhancer");
        classes()
                .that()
                .resideInAPackage("com.ourvidz.enhancer..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "com.ourvidz.enhancer..",
                        "java..",
                        "ai.djl..",
                        "de.kherud.llama..",
                        "dev.langchain4j..",
                        "org.slf4j..",
                        "org.jspecify.."))
                .check(all);
    }

    /** A crash of llama.cpp would end the process that it is in. */
    @Test
    void llamaCppIsLoadedByTheMainClassOfItsOwnProcessAlone() {
        noClasses()
                .that(not(type(LlamaMain.class)))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("de.kherud.llama..")
                .check(all);
    }

    @Test
    void adaptersUseCore() {
        usesOfOurs("adapters", "core");
    }

    @Test
    void serverUsesCoreAdaptersAndEnhancer() {
        usesOfOurs("server", "core", "adapters", "enhancer");
    }

    @Test
    void workerUsesCoreDiffusionAndEnhancerAndNoFramework() {
        usesOfOurs("worker", "core", "diffusion", "enhancer");
        noClasses()
                .that()
                .resideInAPackage("com.ourvidz.worker..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework..")
                .check(all);
    }

    /** So that {@code render}, and {@code generate} against a running platform, start without loading it. */
    @Test
    void onlyTheCommandsThatNeedThePlatformUseIt() {
        noClasses()
                .that()
                .resideInAPackage("com.ourvidz.cli..")
                .and()
                .doNotBelongToAnyOf(
                        LocalPlatform.class,
                        ServeCommand.class,
                        TokenCommand.class,
                        UserCommand.class,
                        DoctorCommand.class,
                        EngineCheckup.class,
                        BackupCommand.class,
                        RestoreCommand.class)
                .should()
                .dependOnClassesThat(resideInAnyPackage("com.ourvidz.server..", "org.springframework..")
                        .and(not(type(SettingsException.class))))
                .check(all);
    }

    /** Of our modules, the first may use itself and the others. */
    private static void usesOfOurs(String module, String... others) {
        var allowed = Stream.concat(Stream.of(module), Arrays.stream(others))
                .map(name -> "com.ourvidz." + name + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage("com.ourvidz." + module + "..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(OURS).and(not(resideInAnyPackage(allowed))))
                .check(all);
    }
}
