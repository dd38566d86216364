package dev.serai.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The arguments of the process, and the folder that they choose. */
class CommandLineTest {
  @TempDir Path folder;

  @Test
  void argumentsHaveTheirValueBehindASpaceOrAnEqualsSign() {
    CommandLine line = CommandLine.of(List.of("--console", "--config", "a.yaml", "--home=/srv"));

    assertThat(line)
        .isEqualTo(new CommandLine(false, true, Optional.of("a.yaml"), Optional.of("/srv")));
    assertThat(CommandLine.of(List.of("check")).check()).isTrue();
  }

  @Test
  void unknownArgumentsAndMissingValuesAreRefused() {
    for (List<String> wrong :
        List.of(
            List.of("--port"), List.of("x"), List.of("--config"), List.of("--home", "--console"))) {
      assertThatThrownBy(() -> CommandLine.of(wrong))
          .as("%s", wrong)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(wrong.getFirst());
    }
  }

  @Test
  void theHomeFolderIsChosenByTheArgumentTheVariableOrTheWorkingDirectory() throws Exception {
    Files.createDirectories(folder.resolve("a"));
    Files.createDirectories(folder.resolve("b"));
    Map<String, String> variable = Map.of("SERAI_HOME", "b");

    assertThat(Home.of(Optional.of("a"), variable, folder).folder()).isEqualTo(folder.resolve("a"));
    assertThat(Home.of(Optional.empty(), variable, folder).folder()).isEqualTo(folder.resolve("b"));
    assertThat(Home.of(Optional.empty(), Map.of(), folder).chosenBy()).contains("--home");
    assertThatThrownBy(() -> Home.of(Optional.of("none"), variable, folder))
        .hasMessage("--home: the folder " + folder.resolve("none") + " does not exist");
  }

  @Test
  void aFolderInThePlaceOfAFileAndAFileInThePlaceOfAFolderAreNamed() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    Path inside = Files.createDirectories(folder.resolve("a"));
    assertThatThrownBy(() -> Home.of(Optional.of("file"), Map.of(), folder))
        .hasMessage("--home: " + file + " is not a folder");
    assertThatThrownBy(() -> Home.settingsFile("a", folder))
        .hasMessage("--config: " + inside + " is a folder, not a file");
    assertThatThrownBy(() -> Home.settingsFile("none", folder))
        .hasMessage("--config: the file " + folder.resolve("none") + " does not exist");
  }

  @Test
  void settingsOfTheCheckoutThatAreNotUsedAreNamed() throws Exception {
    Files.createDirectories(folder.resolve("serai.d"));
    Home elsewhere = new Home(folder.resolve("elsewhere"), "the working directory");

    assertThat(elsewhere.unused(folder)).singleElement().asString().contains("serai.d");
    assertThat(new Home(folder, "--home").unused(folder)).isEmpty();
  }
}
