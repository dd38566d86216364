package dev.serai.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.config.annotation.Secret;
import dev.serai.config.models.ModelFile;
import dev.serai.config.provider.KnownProvider;
import dev.serai.config.read.Names;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is written about the settings is made from the settings. */
class ReferenceTest {
  private static final String REGENERATE =
      "mvn -q test -pl config -am -Dtest=ReferenceTest -Dserai.write=true"
          + " -Dsurefire.failIfNoSpecifiedTests=false";

  /** Names in the form of those of known providers, without those of examples. */
  private static final Pattern VARIABLE =
      Pattern.compile("`((?!CEREBRAS|PROVIDER|CALLER)[A-Z]+_(?:API_KEY|BASE_URL))`");

  private final Path checkout = Path.of(System.getProperty("serai.checkout"));
  private final Javadocs javadocs = new Javadocs(checkout);

  @Test
  void thePageOfSettingsIsUpToDate() throws IOException {
    String text = template().replace("{{tables}}", new SettingsPage(javadocs).tables());
    text = text.replace("{{providers}}", SettingsPage.providers());
    isFresh("docs/settings.md", text.replace("{{models}}", new SettingsPage(javadocs).models()));
  }

  /** The page about providers is written by hand. */
  @Test
  void thePageAboutProvidersHasEveryProviderWithItsVariables() throws IOException {
    String page = Files.readString(checkout.resolve("docs/providers.md"));
    for (KnownProvider known : KnownProvider.all()) {
      String row =
          page.lines()
              .filter(line -> line.startsWith("| `" + known.name() + "` |"))
              .findFirst()
              .orElseThrow(() -> new AssertionError("no row of " + known.name()));
      String described = known.signs().isEmpty() ? row : page;
      Stream.of(known.keyVariable(), known.urlVariable())
          .flatMap(Optional::stream)
          .flatMap(variable -> KnownProvider.namesOf(variable).stream())
          .forEach(name -> assertThat(described).as(known.name()).contains("`" + name + "`"));
      known.signs().forEach(name -> assertThat(page).contains("`" + name + "`"));
    }
  }

  /** The README and the page about providers name no variable that does not exist. */
  @Test
  void noPageNamesAVariableOfAProviderThatIsNotRead() throws IOException {
    Set<String> known = KnownProvider.variables();
    for (String name : List.of("README.md", "docs/providers.md", "docs/settings.md")) {
      Matcher variable = VARIABLE.matcher(Files.readString(checkout.resolve(name)));
      while (variable.find()) {
        assertThat(known).as(name).contains(variable.group(1));
      }
    }
  }

  @Test
  void theJsonSchemasAreUpToDate() throws IOException {
    SettingsSchema schema = new SettingsSchema(javadocs);
    isFresh("config/serai.schema.json", schema.write("serai.yaml", Settings.defaults()));
    isFresh("config/models.schema.json", schema.write("models.yaml", ModelFile.defaults()));
  }

  @Test
  void everySettingIsDocumentedInItsRecord() {
    List<String> missing = new ArrayList<>();
    undocumented(Settings.defaults(), missing);
    undocumented(ModelFile.defaults(), missing);
    assertThat(missing).isEmpty();
  }

  @Test
  void everyVariableBelongsToASetting() {
    List<String> paths = new ArrayList<>();
    paths("", Settings.defaults(), paths);
    assertThat(paths).containsAll(Variables.all().keySet());
  }

  /** Otherwise a reference in such a variable would be taken for the secret itself. */
  @Test
  void theVariableOfEverySecretSettingMayReferToASecret() {
    Set<String> secret = new TreeSet<>();
    for (String path : secretPaths("", Settings.defaults())) {
      secret.addAll(Variables.of(path));
    }
    assertThat(secret).contains("SERAI_API_KEYS", "SERAI_MASTER_KEY");
    assertThat(Variables.secrets()).isEqualTo(secret);
  }

  private static List<String> secretPaths(String path, Record defaults) {
    List<String> paths = new ArrayList<>();
    for (Shape shape : Shape.of(defaults)) {
      String inside = Names.path(path, shape.key());
      if (shape.component().getGenericType().toString().contains(Secret.class.getName())) {
        paths.add(inside);
      }
      shape.inner().ifPresent(inner -> paths.addAll(secretPaths(inside, inner)));
    }
    return paths;
  }

  private void undocumented(Record defaults, List<String> missing) {
    Map<String, String> meanings = javadocs.ofComponents(defaults.getClass());
    for (Shape shape : Shape.of(defaults)) {
      if (meanings.getOrDefault(shape.component().getName(), "").isBlank()) {
        missing.add(defaults.getClass().getSimpleName() + "." + shape.component().getName());
      }
      shape.inner().ifPresent(inner -> undocumented(inner, missing));
    }
  }

  private static void paths(String path, Record defaults, List<String> paths) {
    for (Shape shape : Shape.of(defaults)) {
      String inside = Names.path(path, shape.key());
      paths.add(inside);
      shape.inner().ifPresent(inner -> paths(inside, inner, paths));
    }
  }

  private void isFresh(String name, String wanted) throws IOException {
    Path file = checkout.resolve(name);
    if (Boolean.getBoolean("serai.write")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, wanted);
    }
    assertThat(file).as("%s is stale; run: %s", name, REGENERATE).exists().hasContent(wanted);
  }

  private static String template() throws IOException {
    try (InputStream in = Settings.class.getResourceAsStream("settings.template.md")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
