package dev.serai.config.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.config.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VariableCheckTest {
  @TempDir Path folder;

  private List<String> warnings(Map<String, String> environment) {
    return Settings.load(environment, folder).warnings();
  }

  @Test
  void aValueInQuotesIsNamedAndNotShown() {
    String quoted = "is in quotes, which count as a part of its value; remove them";
    assertThat(
            warnings(
                Map.of(
                    "OPENAI_API_KEY", "\"sk-canary\"",
                    "ANTHROPIC_API_KEY", " 'sk-canary' ",
                    "DEFAULT_MODEL", "\"persona/guide\"",
                    "OTHER", "\"x\"")))
        .filteredOn(warning -> warning.contains("quotes"))
        .containsExactly(
            "environment variable ANTHROPIC_API_KEY: " + quoted,
            "environment variable DEFAULT_MODEL: " + quoted,
            "environment variable OPENAI_API_KEY: " + quoted);
  }

  @Test
  void aQuoteAloneOrWithinAValueIsFine() {
    assertThat(
            warnings(
                Map.of("OPENAI_API_KEY", "\"", "GROQ_API_KEY", "a\"b\"", "XAI_API_KEY", "'x\"")))
        .isEmpty();
  }
}
