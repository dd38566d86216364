package dev.serai.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.gateway.replay.ReplayArguments;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What wrong arguments of the commands keys and replay are answered with. */
class KeyArgumentsTest {
  @Test
  void anUnknownCommandIsAnsweredWithTheOneThatIsMeantOrAll() {
    assertThatThrownBy(() -> KeyArguments.of(List.of("foo")))
        .hasMessage(
            "unknown command of keys: foo; there are create, list, show, disable, enable, rotate,"
                + " revoke");
    assertThatThrownBy(() -> KeyArguments.of(List.of("delete")))
        .hasMessage("unknown command of keys: delete; did you mean revoke?");
  }

  @Test
  void aMessageAboutMembersOfARequestNamesTheOptions() {
    assertThat(KeyArguments.inOptions("'limit_reset' needs a 'limit': without one"))
        .isEqualTo("--limit-reset needs a --limit: without one");
  }

  @Test
  void anUnknownArgumentOfReplayIsAnsweredWithTheOneThatIsMeant() {
    assertThatThrownBy(() -> ReplayArguments.of(List.of("--polcy", "x")))
        .hasMessage("unknown argument of replay: --polcy; did you mean --policy?");
  }

  @Test
  void aFileThatReplayIsToReadAndThatDoesNotExistIsNamedWithItsOption(@TempDir Path folder) {
    ReplayArguments line = ReplayArguments.of(List.of("--policy", "none", "--file=."));
    assertThatThrownBy(() -> line.file("policy", folder))
        .hasMessage("--policy: the file " + folder.resolve("none") + " does not exist");
    assertThatThrownBy(() -> line.file("file", folder))
        .hasMessageStartingWith("--file: ")
        .hasMessageEndingWith(" is a folder, not a file");
  }
}
