package dev.serai.gateway.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.config.Settings;
import dev.serai.config.read.SettingsException;
import dev.serai.gateway.LogLines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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
    pollTwice(files);
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
  void invalidSettingsAreNotAppliedAndTheirCorrectionIs() throws Exception {
    write("serai.yaml", "server: {port: eighty}\n");
    pollTwice();
    assertThat(applied).isEmpty();

    write("serai.yaml", "server: {port: 80}\n");
    pollTwice();
    assertThat(applied).hasSize(1);
    assertThat(applied.getFirst().settingsToRestartFor(Settings.defaults()))
        .contains("server.port")
        .doesNotContain("server", "server.host");
  }

  @Test
  void eachSaveOfWrongSettingsIsAnsweredInTheLogAndNoOtherPollIs() throws Exception {
    Path file = folder.resolve("serai.yaml");
    for (int save = 1; save <= 2; save++) {
      write("serai.yaml", "server: {port: eighty}\n");
      Files.setLastModifiedTime(file, FileTime.from(save, TimeUnit.SECONDS));
      List<String> logged = LogLines.of(SettingsFiles.class, this::pollFourTimes);
      assertThat(logged).as("save %s", save).singleElement().asString().contains("eighty");
    }
    write("serai.yaml", "models: {fast: ollama/b}\n");
    pollTwice();
    Files.setLastModifiedTime(file, FileTime.from(9, TimeUnit.SECONDS));
    pollFourTimes();
    assertThat(applied).as("a save of the same valid settings").hasSize(1);
  }

  private void pollFourTimes() {
    pollTwice();
    pollTwice();
  }

  /** Editors and scripts that write a file anew empty it first. */
  @Test
  void anEmptiedFileIsNotASettingsFileWithDefaults() throws Exception {
    for (String nothing : List.of("", " \n\n")) {
      write("serai.yaml", nothing);
      pollTwice();
      pollTwice();
      assertThat(applied).isEmpty();
    }
    write("serai.yaml", "models: {fast: ollama/a}\n");
    pollTwice();
    assertThat(applied).as("it is what it was").isEmpty();

    write("serai.yaml", "");
    pollTwice();
    write("serai.yaml", "models: {fast: ollama/b}\n");
    pollTwice();
    assertThat(applied).hasSize(1);

    write("serai.yaml", "{}\n");
    pollTwice();
    assertThat(applied).hasSize(2);
    assertThat(applied.getLast().models()).isEmpty();
  }

  @Test
  void anEmptiedFileKeepsTheSettingsAlsoFromOtherChanges() throws Exception {
    write("serai.yaml", "");
    assertThatThrownBy(() -> files.whole(() -> Settings.load(Map.of(), folder)))
        .isInstanceOfSatisfying(
            SettingsException.class,
            refused -> {
              assertThat(refused.isTemporary()).isTrue();
              assertThat(refused)
                  .hasMessageStartingWith(folder.resolve("serai.yaml") + ": it is empty");
            });
  }

  @Test
  void aFileThatIsWrittenWhileItIsReadIsReadAgain() throws Exception {
    AtomicBoolean busy = new AtomicBoolean(true);
    SettingsFiles files =
        new SettingsFiles(
            () -> Settings.files(Map.of(), folder), () -> whileWritten(busy), applied::add);
    write("serai.yaml", "models: {fast: ollama/b}\n");
    pollTwice(files);
    assertThat(applied).isEmpty();

    pollTwice(files);
    assertThat(applied)
        .singleElement()
        .satisfies(
            settings ->
                assertThat(settings.models().get("fast").targets().getFirst().model())
                    .isEqualTo("ollama/c"));
  }

  private static void pollTwice(SettingsFiles files) {
    files.poll();
    files.poll();
  }

  private Settings whileWritten(AtomicBoolean busy) {
    try {
      Settings read = Settings.load(Map.of(), folder);
      if (busy.getAndSet(false)) {
        write("serai.yaml", "models: {fast: ollama/c}\n");
      }
      return read;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void anEmptyFileFromTheStartHasDefaults() throws Exception {
    write("serai.yaml", "");
    SettingsFiles files =
        new SettingsFiles(
            () -> Settings.files(Map.of(), folder),
            () -> Settings.load(Map.of(), folder),
            applied::add);
    assertThat(files.whole(() -> Settings.load(Map.of(), folder)).models()).isEmpty();
  }

  /** As of a mount whose source is missing. */
  @Test
  void aFolderInPlaceOfTheFileKeepsTheSettingsAndTheFileIsReadWhenItIsBack() throws Exception {
    Files.delete(folder.resolve("serai.yaml"));
    Files.createDirectory(folder.resolve("serai.yaml"));
    pollTwice();
    assertThat(applied).isEmpty();
    assertThatThrownBy(() -> Settings.load(Map.of(), folder))
        .hasMessageContaining("serai.yaml: it is not a file");

    Files.delete(folder.resolve("serai.yaml"));
    write("serai.yaml", "models: {fast: ollama/b}\n");
    pollTwice();
    assertThat(applied).hasSize(1);
  }

  @Test
  void anEditIsNotLostIfAFileThatItNamesCannotBeReadYet() throws Exception {
    write("serai.yaml", "guards: {g: {kind: json_schema, on: output, schema_file: s.json}}\n");
    pollTwice();
    pollTwice();
    assertThat(applied).isEmpty();

    write("s.json", "{}");
    pollTwice();
    pollTwice();
    assertThat(applied).hasSize(1);
  }

  @Test
  void anEditIsNotLostIfTheFileItselfCannotBeReadWhenItIsApplied() throws Exception {
    AtomicBoolean busy = new AtomicBoolean(true);
    SettingsFiles files =
        new SettingsFiles(
            () -> Settings.files(Map.of(), folder), () -> whileBusy(busy), applied::add);
    write("serai.yaml", "models: {fast: ollama/b}\n");
    files.poll();
    files.poll();
    files.poll();
    assertThat(applied).isEmpty();

    busy.set(false);
    files.poll();
    files.poll();
    assertThat(applied).hasSize(1);
  }

  /** Reads the file, in whose place a folder is while it is busy. */
  private Settings whileBusy(AtomicBoolean busy) {
    Path file = folder.resolve("serai.yaml");
    Path aside = folder.resolve("aside");
    if (!busy.get()) {
      return Settings.load(Map.of(), folder);
    }
    try {
      Files.move(file, aside);
      Files.createDirectory(file);
      try {
        return Settings.load(Map.of(), folder);
      } finally {
        Files.delete(file);
        Files.move(aside, file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theLogNamesTheFileThatIsGoneAndTheOneThatHasOnlyComments() throws Exception {
    Files.delete(folder.resolve("serai.yaml"));
    assertThat(LogLines.of(SettingsFiles.class, this::pollTwice))
        .containsExactly(
            "WARNING "
                + folder.resolve("serai.yaml")
                + " is gone: what it set has its default or the value of its variable from now on,"
                + " except what needs a restart");

    write("serai.yaml", "# nothing\n");
    assertThat(LogLines.of(SettingsFiles.class, this::pollTwice))
        .containsExactly("INFO " + folder.resolve("serai.yaml") + ": is new and is read");
    assertThat(applied.getLast().warnings())
        .containsExactly(
            "serai.yaml: has no settings, so that the defaults and the variables apply");
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
