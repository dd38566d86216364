package dev.serai.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings files that a person takes for the one that is read. */
class UnreadFilesTest {
  @TempDir Path path;

  @Test
  void filesWithAUsualNameThatIsNotReadAreNamedWithTheOneThatIs() {
    Folder folder = new Folder(path);
    folder.with("config.yaml", "server: {port: 1}\n").with("config/settings.yml", "");
    folder.with("config/config.yaml", "model_list: []\n").with("serai.yml", "");

    assertThat(folder.settings(Map.of()).warnings())
        .containsExactly(
            "serai.yml: is ignored; rename it to serai.yaml, or name it with --config",
            "config/settings.yml: is not read; rename it to config/serai.yaml, or name it with"
                + " --config",
            "config.yaml: is not read; rename it to config/serai.yaml, or name it with --config",
            "config/config.yaml: is LiteLLM's configuration, which Serai does not read; see"
                + " docs/migrating-from-litellm.md");

    folder.yaml("server: {port: 2}\n");
    assertThat(folder.settings(Map.of()).warnings())
        .containsExactly(
            "serai.yml: is ignored, since config/serai.yaml was read; remove it, or name it with"
                + " --config",
            "config/settings.yml: is not read, since the settings are in config/serai.yaml; remove"
                + " it, or name it with --config",
            "config.yaml: is not read, since the settings are in config/serai.yaml; remove it, or"
                + " name it with --config");
    assertThat(folder.settings(Map.of("SERAI_CONFIG", "config.yaml")).warnings()).isEmpty();
  }

  @Test
  void withoutASettingsFileEveryFileWithSectionsOfTheSettingsIsNamed() {
    Folder folder = new Folder(path);
    folder.with("config/Serai.yaml", "server: {port: 1}\n").with("Models.yaml", "models: {}\n");
    folder.with("gateway.yaml", "providers: {}\n").with("config/gate.toml", "[general]\n");
    folder.with("compose.yaml", "services: {}\nsecrets: {}\n").with(".hidden.yaml", "auth: {}\n");
    folder.with("config/serai.example.yaml", "server: {port: 1}\n");

    assertThat(folder.settings(Map.of()).warnings())
        .containsExactly(
            "config/Serai.yaml: is not read; rename it to config/serai.yaml, or name it with"
                + " --config",
            "config/gate.toml: is not read; rename it to config/llm.toml, or name it with --config",
            "gateway.yaml: is not read; rename it to config/serai.yaml, or name it with --config",
            "Models.yaml: is not read; rename it to models.yaml, or name it with SERAI_MODELS");

    folder.yaml("server: {port: 2}\n");
    assertThat(folder.settings(Map.of()).warnings())
        .as("a policy for replay has sections too")
        .noneMatch(line -> line.startsWith("gateway.yaml"));
  }

  @Test
  void aFileInThePlaceOfTheFolderIsNamed() {
    assertThat(new Folder(path).with("config", "server: {}\n").settings(Map.of()).warnings())
        .containsExactly("config: is a file, not a folder, so that nothing in it is read");
  }

  @Test
  void aFileOfModelsWithOnlyCommentsIsNamed() {
    Folder folder = new Folder(path).yaml("{}\n").with("config/models.yaml", "# later\n");
    assertThat(folder.settings(Map.of()).warnings())
        .containsExactly(
            "config/models.yaml: has no models, so that only the built-in facts and prices apply");
  }
}
