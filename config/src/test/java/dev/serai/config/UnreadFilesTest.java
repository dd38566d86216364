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
  void aFileOfModelsWithOnlyCommentsIsNamed() {
    Folder folder = new Folder(path).yaml("{}\n").with("config/models.yaml", "# later\n");
    assertThat(folder.settings(Map.of()).warnings())
        .containsExactly(
            "config/models.yaml: has no models, so that only the built-in facts and prices apply");
  }
}
