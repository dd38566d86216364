package dev.serai.gateway.style;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.core.importer.Locations;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The allowed dependencies between packages. The build file has those between modules. */
class LayersTest {
  private static final String CORE = "dev.serai.core..";
  private static final String CONFIG = "dev.serai.config..";
  private static final String ADAPTERS = "dev.serai.adapters..";
  private static final String MEMORY = "dev.serai.memory..";
  private static final String PROCESSORS = "dev.serai.processors..";
  private static final String GATEWAY = "dev.serai.gateway..";
  private static final String DIALECTS = "dev.serai.adapters.dialects..";
  private static final String CAMEL = "org.apache.camel..";
  private static final String NETTY = "io.netty..";

  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importLocations(
              Stream.concat(
                      Locations.ofPackage("dev.serai").stream(),
                      Stream.of(compiled("adapters/minilm")))
                  .toList());

  /** The classes of a module that the gateway does not depend on. */
  private static Location compiled(String module) {
    return Location.of(House.ROOT.resolve(module + "/target/classes"));
  }

  @Test
  void everyModuleIsLookedAt() {
    for (String module : House.MODULES) {
      if (!House.files(House.ROOT.resolve(module + "/src/main/java"), ".java").isEmpty()) {
        assertThat(HOUSE.containPackage("dev.serai." + module.replace('/', '.')))
            .as(module)
            .isTrue();
      }
    }
  }

  @Test
  void coreNeedsTheJdkOnly() {
    classes()
        .that()
        .resideInAPackage(CORE)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(CORE, "java..", "javax.crypto..", "org.jspecify..")
        .check(HOUSE);
  }

  @Test
  void configKnowsTheCoreOnly() {
    noClasses()
        .that()
        .resideInAPackage(CONFIG)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ADAPTERS, MEMORY, PROCESSORS, GATEWAY, CAMEL, NETTY)
        .check(HOUSE);
  }

  @Test
  void adaptersKnowTheCoreOnly() {
    noClasses()
        .that()
        .resideInAPackage(ADAPTERS)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(CONFIG, MEMORY, PROCESSORS, GATEWAY)
        .check(HOUSE);
  }

  /** But for code that both sides of the network share, and the signing that the SDK feeds. */
  @Test
  void adaptersDoNotKnowEachOther() {
    slices()
        .matching("dev.serai.adapters.(*)..")
        .should()
        .notDependOnEachOther()
        .ignoreDependency(
            resideInAPackage("dev.serai.adapters.upstream.."),
            resideInAPackage("dev.serai.adapters.netty.."))
        .ignoreDependency(
            resideInAPackage("dev.serai.adapters.awssdk.."),
            resideInAPackage("dev.serai.adapters.aws.."))
        .check(HOUSE);
  }

  @Test
  void memoryKnowsTheCoreOnly() {
    noClasses()
        .that()
        .resideInAPackage(MEMORY)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ADAPTERS, CONFIG, PROCESSORS, GATEWAY, CAMEL, NETTY)
        .check(HOUSE);
  }

  @Test
  void dialectsArePureTranslation() {
    noClasses()
        .that()
        .resideInAPackage(DIALECTS)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(CAMEL, NETTY, "java.net.http..", "java.nio.channels..", "java.sql..")
        .check(HOUSE);
  }

  @Test
  void stepsKnowTheCoreAndTheSettingsOnly() {
    noClasses()
        .that()
        .resideInAPackage(PROCESSORS)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ADAPTERS, MEMORY, GATEWAY)
        .check(HOUSE);
  }

  @Test
  void noClassUsesSpringQuarkusOrJdkInternals() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.springframework..", "io.quarkus..", "sun..", "com.sun.net..")
        .check(HOUSE);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.serai.(**)").should().beFreeOfCycles().check(HOUSE);
  }
}
