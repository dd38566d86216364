package dev.serai.config.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Variables that LiteLLM reads under another name. */
class OtherVariablesTest {
  @TempDir Path folder;

  private List<String> warnings(Map<String, String> environment) {
    return Settings.load(environment, folder).warnings();
  }

  @Test
  void aVariableOfLiteLlmIsNamedWithTheOneHere() {
    assertThat(warnings(Map.of("OPENAI_API_BASE", "http://a", "PORT", "4000")))
        .containsExactly(
            "environment variable OPENAI_API_BASE: is LiteLLM's and is not read; the one here is"
                + " OPENAI_BASE_URL",
            "environment variable PORT: is LiteLLM's and is not read; the one here is"
                + " SERVER_PORT");
    assertThat(warnings(Map.of("AWS_REGION_NAME", "a", "AWS_REGION", "us-east-1"))).isEmpty();
    assertThat(warnings(Map.of("VERTEX_REGION", "a", "SERAI_ADMIN_KEYS", "k")))
        .containsExactly(
            "environment variable SERAI_ADMIN_KEYS: is not read; did you mean ROUTER_ADMIN_KEYS?",
            "environment variable VERTEX_REGION: is not read; did you mean VERTEX_LOCATION?");
  }

  @Test
  void theAddressInVariablesOfPlatformsIsNamed() {
    assertThat(warnings(Map.of("PORT", "9000", "HOST", "0.0.0.0")))
        .containsExactly(
            "environment variable HOST: is not read; the one here is SERVER_HOST",
            "environment variable PORT: is not read; the one here is SERVER_PORT");
    assertThat(warnings(Map.of("PORT", "9000", "SERVER_PORT", "9000"))).isEmpty();
    assertThat(warnings(Map.of("PORT", "8000"))).as("where it listens").isEmpty();
    assertThat(warnings(Map.of("HOST", "my-laptop"))).as("a shell's").isEmpty();
    assertThat(warnings(Map.of("HOST", "127.0.0.1"))).isEmpty();
  }

  @Test
  void aVariableOfAVendorsOwnProgramIsNamedUnlessTheProviderIsSet() throws IOException {
    Map<String, String> host = Map.of("OLLAMA_HOST", "127.0.0.1:11434");
    assertThat(warnings(host))
        .containsExactly(
            "environment variable OLLAMA_HOST: is not read; the one here is OLLAMA_BASE_URL");
    assertThat(warnings(Map.of("OLLAMA_HOST", "a", "OLLAMA_BASE_URL", "http://b"))).isEmpty();

    Files.writeString(
        folder.resolve("serai.yaml"), "providers: {ollama: {base_url: 'http://b'}}\n");
    assertThat(warnings(host)).isEmpty();
  }

  @Test
  void thePageAboutLiteLlmHasTheSameTable() throws IOException {
    Path page = Path.of("../docs/migrating-from-litellm.md");
    List<String> lines = Files.readAllLines(page);
    Map<String, String> written = new TreeMap<>();
    for (String line : lines.subList(lines.indexOf("## Variables"), lines.size())) {
      List<String> cells = Arrays.asList(line.split("\\|"));
      if (cells.size() > 2 && cells.get(2).contains("`") && !line.contains("`DATABASE_URL`")) {
        add(written, names(cells.get(1)), names(cells.get(2)));
      }
    }

    Map<String, String> read = new TreeMap<>(OtherVariables.LITELLM);
    assertThat(read).containsAllEntriesOf(written);
    // The page names two of the addresses, which all have the same form.
    read.values().removeIf(here -> here.endsWith("_BASE_URL"));
    assertThat(written).containsAllEntriesOf(read);
  }

  private static List<String> names(String cell) {
    return Arrays.stream(cell.split("`"))
        .filter(part -> part.matches("[A-Z_]+(=.*)?"))
        .map(part -> part.replaceFirst("=.*", ""))
        .toList();
  }

  private static void add(Map<String, String> table, List<String> theirs, List<String> here) {
    assertThat(here).hasSameSizeAs(theirs);
    for (int i = 0; i < theirs.size(); i++) {
      table.put(theirs.get(i), here.get(i));
    }
  }
}
