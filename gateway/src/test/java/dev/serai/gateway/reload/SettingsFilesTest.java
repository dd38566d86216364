package dev.serai.gateway.reload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.config.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The settings file and the models file, while a gateway serves. */
class SettingsFilesTest {
  @TempDir Path folder;
  private final List<Settings> applied = new ArrayList<>();

  private SettingsFiles files;

  @BeforeEach
  void watch() throws Exception {
    write("serai.yaml", "models: {fast: ollama/a}\n");
    files =
        new SettingsFiles(
            () -> Settings.files(Map.of(), folder),
            () -> Settings.load(Map.of(), folder),
            applied::add);
  }

  private void write(String name, String text) throws Exception {
    Files.writeString(folder.resolve(name), text);
  }

  private void pollTwice() {
    files.poll();
    files.poll();
  }

  @Test
  void aChangedFileIsAppliedOnce() throws Exception {
    pollTwice();
    assertThat(applied).isEmpty();

    write("serai.yaml", "models: {fast: ollama/b}\n");
    pollTwice();
    pollTwice();

    assertThat(applied).singleElement();
    assertThat(applied.getFirst().models().get("fast").targets().getFirst().model())
        .isEqualTo("ollama/b");
  }

  @Test
  void aFileThatIsBeingWrittenIsNotAppliedUntilItStaysTheSame() throws Exception {
    write("serai.yaml", "models: {fast: ollama/b}\n");
    files.poll();
    write("serai.yaml", "models: {fast: ollama/c}\n");
    files.poll();
    assertThat(applied).isEmpty();
    files.poll();
    assertThat(applied).hasSize(1);
  }

  @Test
  void invalidSettingsAreNotAppliedAndTheirMendIs() throws Exception {
    write("serai.yaml", "server: {port: eighty}\n");
    pollTwice();
    assertThat(applied).isEmpty();

    write("serai.yaml", "server: {port: 80}\n");
    pollTwice();
    assertThat(applied).hasSize(1);
    assertThat(applied.getFirst().partsToRestartFor(Settings.defaults())).contains("server");
  }

  @Test
  void aFileThatAppearsOrDisappearsIsAChange() throws Exception {
    write("models.yaml", "models: {ollama/a: {price: {input: 1, output: 2}}}\n");
    pollTwice();
    assertThat(applied.getLast().catalogue().models()).hasSize(1);

    Files.delete(folder.resolve("models.yaml"));
    pollTwice();
    assertThat(applied.getLast().catalogue().models()).isEmpty();
  }
}
