// SPDX-License-Identifier: Apache-2.0
package org.xenledger;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.net.InetAddress;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.xenledger.domain.state.Evolution;

/** Imports point downwards only, and only the application reads a clock, makes ids or asks for the host's name. */
class PackageOrderTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.xenledger");

    private static final SliceAssignment EACH_PACKAGE = new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
            return SliceIdentifier.of(javaClass.getPackageName());
        }

        @Override
        public String getDescription() {
            return "each package";
        }
    };

    @Test
    void theCodeIsThere() {
        assertThat(CLASSES.contain(Evolution.class)).isTrue();
    }

    @Test
    void everyLayerUsesOnlyThoseBelowIt() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("org.xenledger..")
                .withOptionalLayers(true)
                .layer("domain")
                .definedBy("org.xenledger.domain..")
                .layer("reconcile")
                .definedBy("org.xenledger.reconcile..")
                .layer("xenstore")
                .definedBy("org.xenledger.xenstore..")
                .layer("toolstack")
                .definedBy("org.xenledger.toolstack..")
                .layer("ledger")
                .definedBy("org.xenledger.ledger..")
                .layer("app")
                .definedBy("org.xenledger.app..")
                .whereLayer("domain")
                .mayNotAccessAnyLayer()
                .whereLayer("reconcile")
                .mayOnlyAccessLayers("domain")
                .whereLayer("xenstore")
                .mayOnlyAccessLayers("domain", "reconcile")
                .whereLayer("toolstack")
                .mayOnlyAccessLayers("domain", "reconcile", "xenstore")
                .whereLayer("ledger")
                .mayOnlyAccessLayers("domain", "reconcile", "xenstore", "toolstack")
                .ensureAllClassesAreContainedInArchitectureIgnoring("org.xenledger")
                .check(CLASSES);
    }

    @Test
    void theDomainKnowsOnlyJavaAndJacksonsTree() {
        classes()
                .that()
                .resideInAPackage("org.xenledger.domain..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "org.xenledger.domain..",
                        "java.lang..",
                        "java.io",
                        "java.math",
                        "java.nio.charset",
                        "java.security",
                        "java.time..",
                        "java.util..",
                        "javax.crypto..",
                        "com.fasterxml.jackson.core..",
                        "com.fasterxml.jackson.databind",
                        "com.fasterxml.jackson.databind.node")
                .check(CLASSES);
    }

    @Test
    void onlyOnePackageKnowsAxon() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.xenledger.ledger.axon..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.axonframework..")
                .check(CLASSES);
    }

    @Test
    void onlyOnePackageMakesSystemCalls() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.xenledger.toolstack.posix..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.sun.jna..")
                .check(CLASSES);
    }

    /** Each package is a part of its own, also one that has others below it. */
    @Test
    void noPackagesFormACycle() {
        slices().assignedFrom(EACH_PACKAGE).should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void onlyTheApplicationAsksForTimeIdsAndTheHost() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.xenledger.app..")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .orShould()
                .callMethod(InetAddress.class, "getLocalHost")
                .check(CLASSES);
    }
}
