package dev.serai.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each mistake in the settings of a provider is reported once, with what was probably meant. */
class ProviderMistakesTest {
  @TempDir Path path;
  private Folder folder;

  @BeforeEach
  void open() {
    folder = new Folder(path);
  }

  @Test
  void aNameOrAKindThatIsNearlyKnownIsNamed() {
    folder.yaml(
        "providers:\n  opnai: {api_key: x}\n  mine: {kind: openai, base_url: 'http://h'}\n");

    assertThat(folder.problems(Map.of()))
        .satisfiesExactly(
            name ->
                assertThat(name)
                    .endsWith(
                        "of this name; did you mean openai? A provider of your own needs base_url"
                            + " and one of the kinds openai-compatible, anthropic, bedrock, gemini,"
                            + " vertex, ollama, persona"),
            kind -> assertThat(kind).endsWith("(did you mean openai-compatible?)"));
  }

  @Test
  void anAddressThatIsWrongOrNotSetIsNotMissingToo() {
    folder.yaml(
        "providers:\n"
            + "  a: {kind: ollama, base_url: 'not an address'}\n"
            + "  b: {kind: ollama, base_url: '${WS_URL}'}\n"
            + "  c: {kind: ollama, base_url: '${WS_URL:-}'}\n"
            + "  d: {kind: ollama}\n");

    assertThat(folder.problems(Map.of()))
        .satisfiesExactly(
            a -> assertThat(a).contains("providers.a.base_url", "must be an http"),
            b -> assertThat(b).contains("providers.b", "WS_URL"),
            c -> assertThat(c).endsWith("providers.c: base_url is missing"),
            d -> assertThat(d).endsWith("providers.d: base_url is missing"));
  }
}
