package dev.serai.adapters.dialects.translation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.dialects.anthropic.AnthropicDialect;
import dev.serai.adapters.dialects.bedrock.BedrockDialect;
import dev.serai.adapters.dialects.gemini.GeminiDialect;
import dev.serai.adapters.dialects.ollama.OllamaDialect;
import dev.serai.adapters.dialects.openai.OpenAiDialect;
import dev.serai.core.dialect.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class QuirksPageTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z0-9-]+)` \\|");

  @Test
  void thePageNamesEveryFlagAndNoOther() throws IOException {
    Path page = Path.of(System.getProperty("serai.checkout", ".."), "docs", "quirks.md");
    String text = Files.readString(page);
    for (Dialect dialect :
        List.of(
            new OpenAiDialect(),
            new AnthropicDialect(),
            new BedrockDialect(),
            new GeminiDialect(),
            new OllamaDialect())) {
      assertThat(flags(section(text, dialect.name())))
          .as(dialect.name())
          .isEqualTo(new TreeSet<>(dialect.quirks()));
    }
  }

  private static String section(String text, String name) {
    int from = text.indexOf("\n## " + name + "\n");
    assertThat(from).as(name).isPositive();
    return text.substring(from + 1, text.indexOf("\n## ", from + 1));
  }

  private static Set<String> flags(String section) {
    Set<String> flags = new TreeSet<>();
    Matcher rows = ROW.matcher(section);
    while (rows.find()) {
      flags.add(rows.group(1));
    }
    return flags;
  }
}
