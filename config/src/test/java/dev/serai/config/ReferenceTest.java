package dev.serai.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.config.models.ModelFile;
import dev.serai.config.read.Names;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is written about the settings is made from the settings. */
class ReferenceTest {
  private static final String REGENERATE =
      "mvn -q test -pl config -am -Dtest=ReferenceTest -Dserai.write=true"
          + " -Dsurefire.failIfNoSpecifiedTests=false";

  private final Path home = Path.of(System.getProperty("serai.home"));
  private final Javadocs javadocs = new Javadocs(home);

  @Test
  void thePageOfSettingsIsUpToDate() throws IOException {
    String text = template().replace("{{tables}}", new SettingsPage(javadocs).tables());
    text = text.replace("{{providers}}", SettingsPage.providers());
    isFresh("docs/settings.md", text.replace("{{models}}", new SettingsPage(javadocs).models()));
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
    Path file = home.resolve(name);
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
