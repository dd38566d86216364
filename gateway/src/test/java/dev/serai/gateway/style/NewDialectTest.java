package dev.serai.gateway.style;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.serai.core.dialect.Dialect;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A new dialect is one package, one line of registration, one kamelet and one route file, as {@code
 * docs/development.md} says. The places that know an existing one are counted here.
 */
class NewDialectTest {
  private static final String PACKAGE = "adapters/dialects/src/main/java/";
  private static final Pattern COMMENT =
      Pattern.compile("/\\*.*?\\*/|//[^\n]*|(?m)^ *#[^\n]*", Pattern.DOTALL);

  /** The files outside its package that name Ollama as the dialect of a provider. */
  private static final Set<String> PROVIDER =
      Set.of(
          "adapters/kamelets/ollama.kamelet.yaml",
          "routes/adapters/ollama.camel.yaml",
          "config/src/main/java/dev/serai/config/provider/KnownProvider.java",
          "config/src/main/java/dev/serai/config/provider/ProviderKind.java",
          "gateway/src/main/java/dev/serai/gateway/wiring/Dialects.java");

  /** The files outside its package that name Ollama as the API of clients. */
  private static final Set<String> CLIENTS =
      Set.of(
          "routes/models.camel.yaml",
          "routes/ollama.camel.yaml",
          "routes/service.camel.yaml",
          "gateway/src/main/java/dev/serai/gateway/wiring/ModelsFeature.java",
          "gateway/src/main/java/dev/serai/gateway/wiring/RelayFeature.java",
          "gateway/src/main/java/dev/serai/gateway/wiring/SurfacesFeature.java");

  /**
   * The files outside its package that name Bedrock, which is signed and which no client speaks.
   */
  private static final Set<String> BEDROCK =
      Set.of(
          "adapters/aws/src/main/java/dev/serai/adapters/aws/AwsSigner.java",
          "adapters/kamelets/bedrock.kamelet.yaml",
          "routes/adapters/bedrock.camel.yaml",
          "config/src/main/java/dev/serai/config/catalogue/VendorNames.java",
          "config/src/main/java/dev/serai/config/provider/KnownProvider.java",
          "config/src/main/java/dev/serai/config/provider/ProviderKind.java",
          "config/src/main/java/dev/serai/config/provider/ProviderList.java",
          "gateway/src/main/java/dev/serai/gateway/wiring/Dialects.java",
          "gateway/src/main/java/dev/serai/gateway/wiring/ProviderRoutes.java");

  @Test
  void aDialectIsRegisteredInOneFile() {
    for (JavaClass dialect : dialects()) {
      Set<String> users =
          dialect.getDirectDependenciesToSelf().stream()
              .map(use -> use.getOriginClass().getName().replaceFirst("\\$.*", ""))
              .filter(user -> !user.startsWith("dev.serai.adapters.dialects."))
              .collect(Collectors.toSet());
      assertThat(users).as("classes that know " + dialect.getSimpleName()).hasSize(1);
    }
  }

  @Test
  void thePageListsTheseFiles() {
    String page = House.read(House.ROOT.resolve("docs/development.md"));
    String list = page.substring(page.indexOf("\n## A provider of a new dialect"));
    Set<String> listed =
        Pattern.compile("`(?:[^` ]*/)?([^`/ ]+\\.(?:java|yaml))`")
            .matcher(list.substring(0, list.indexOf("\nNothing else changes")))
            .results()
            .map(file -> file.group(1))
            .filter(name -> !name.equals("serai.yaml"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(listed)
        .isEqualTo(
            PROVIDER.stream()
                .map(file -> file.substring(file.lastIndexOf('/') + 1))
                .collect(Collectors.toSet()));
  }

  @Test
  void thePageNamesTheFurtherPlacesOfASignedDialect() {
    String page = House.read(House.ROOT.resolve("docs/development.md"));
    String places = page.substring(page.indexOf("\nNothing else changes"));
    Set<String> named =
        Pattern.compile("`([A-Z]\\w+)`")
            .matcher(places.substring(0, places.indexOf(" has this list too")))
            .results()
            .map(type -> type.group(1))
            .filter(name -> !name.equals(NewDialectTest.class.getSimpleName()))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(named)
        .isEqualTo(
            BEDROCK.stream()
                .filter(file -> file.endsWith(".java"))
                .filter(file -> !PROVIDER.contains(file))
                .map(file -> file.replaceAll(".*/|\\.java", ""))
                .collect(Collectors.toSet()));
  }

  @Test
  void onlyTheseFilesNameOllama() {
    Set<String> allowed = new TreeSet<>(PROVIDER);
    allowed.addAll(CLIENTS);
    assertThat(filesNaming("ollama")).isEqualTo(allowed);
  }

  @Test
  void onlyTheseFilesNameBedrock() {
    assertThat(filesNaming("bedrock")).isEqualTo(BEDROCK);
  }

  private static Set<String> filesNaming(String dialect) {
    Set<String> named = new TreeSet<>();
    Stream.of(House.mainSources(), House.routeFiles(), House.kameletFiles())
        .flatMap(List::stream)
        .filter(file -> !House.name(file).startsWith(PACKAGE))
        .filter(file -> code(file).contains(dialect))
        .forEach(file -> named.add(House.name(file)));
    return named;
  }

  private static String code(Path file) {
    return COMMENT.matcher(House.read(file)).replaceAll("").toLowerCase(Locale.ROOT);
  }

  private static List<JavaClass> dialects() {
    JavaClasses house =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.serai");
    List<JavaClass> dialects =
        house.stream()
            .filter(type -> type.isAssignableTo(Dialect.class))
            .filter(type -> !type.isInterface())
            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
            .toList();
    assertThat(dialects).hasSizeGreaterThan(4);
    return dialects;
  }
}
