package dev.serai.config.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client reads whose model leads nowhere. */
class ModelHintsTest {
  @TempDir Path folder;

  private String hint(String name, Map<String, String> environment) {
    Settings settings = Settings.load(environment, folder);
    return new SettingsCatalogue(settings, InstantSource.system()).hint(name).text();
  }

  @Test
  void aProviderWithoutItsKeyIsNamedWithItsVariable() {
    assertThat(hint("mistral/large", Map.of()))
        .isEqualTo("The provider 'mistral' is off: MISTRAL_API_KEY is not set.");
    assertThat(hint("gpt-4o", Map.of()))
        .contains("The provider 'openai' is off: OPENAI_API_KEY is not set.");
  }

  @Test
  void anAliasOfProvidersThatAreOffNamesThem() throws IOException {
    Files.writeString(folder.resolve("serai.yaml"), "models: {smart: [openai/x, groq/y]}");

    assertThat(hint("smart", Map.of()))
        .isEqualTo(
            "The provider 'openai' is off: OPENAI_API_KEY is not set."
                + " The provider 'groq' is off: GROQ_API_KEY is not set.");
  }

  @Test
  void aPrefixOfLiteLlmGetsTheProviderThatItStandsFor() {
    assertThat(hint("vertex_ai/gemini-2.5-pro", Map.of()))
        .isEqualTo("Did you mean 'vertex/gemini-2.5-pro'?");
    assertThat(hint("together_ai/a/b", Map.of())).isEqualTo("Did you mean 'together/a/b'?");
    assertThat(hint("fireworks_ai/x", Map.of())).isEqualTo("Did you mean 'fireworks/x'?");
    assertThat(hint("ollama_chat/x", Map.of())).isEqualTo("Did you mean 'ollama/x'?");
  }

  @Test
  void aNameNearAKnownOneGetsIt() throws IOException {
    Files.writeString(folder.resolve("serai.yaml"), "models: {smart: [openai/x]}");
    Map<String, String> environment = Map.of("OPENAI_API_KEY", "a", "ANTHROPIC_API_KEY", "b");

    assertThat(hint("gpt4o", environment)).isEqualTo("Did you mean 'gpt-4o'?");
    assertThat(hint("smrt", environment)).isEqualTo("Did you mean 'smart'?");
    assertThat(hint("opnai/gpt-4o", environment)).isEqualTo("Did you mean 'openai/gpt-4o'?");
    assertThat(hint("something-else", environment)).isEmpty();
    assertThat(hint("openai/ gpt-4o", environment)).isEqualTo("Did you mean 'openai/gpt-4o'?");
    assertThat(hint("openai / gpt-4o", environment)).isEqualTo("Did you mean 'openai/gpt-4o'?");
    assertThat(hint("openai:gpt-4o", environment)).isEqualTo("Did you mean 'openai/gpt-4o'?");
    assertThat(hint("openai.gpt-4o", environment)).isEqualTo("Did you mean 'openai/gpt-4o'?");
    assertThat(hint("mistral:7b", environment)).as("a tag of Ollama").isEmpty();
    assertThat(hint("x".repeat(100_000), environment)).isEmpty();
  }
}
