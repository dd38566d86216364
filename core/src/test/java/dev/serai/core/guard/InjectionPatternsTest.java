package dev.serai.core.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.guard.GuardedText.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class InjectionPatternsTest {
  private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u([0-9a-f]{4})|n)");

  private final TextPatterns patterns = TextPatterns.ofInjection();

  private record Labelled(boolean injection, GuardedText text) {}

  /** Four attacks of the set use no known words, so that recall is below 1. */
  @Test
  void theLabelledTextsAreClassifiedAsTheDocumentationSays() throws IOException {
    int found = 0;
    int missed = 0;
    List<String> wrong = new ArrayList<>();
    for (Labelled line : labelled()) {
      boolean matches = patterns.isIn(line.text);
      found += matches && line.injection ? 1 : 0;
      missed += !matches && line.injection ? 1 : 0;
      if (matches && !line.injection) {
        wrong.add(line.text.text());
      }
    }
    double recall = (double) found / (found + missed);
    double precision = (double) found / (found + wrong.size());
    System.out.printf(
        Locale.ROOT,
        "prompt injection: precision %.3f, recall %.3f of %d%n",
        precision,
        recall,
        found + missed);
    assertThat(wrong).isEmpty();
    assertThat(recall).isBetween(0.90, 0.95);
  }

  private static List<Labelled> labelled() throws IOException {
    try (var file = InjectionPatternsTest.class.getResourceAsStream("/guard/injection.txt")) {
      byte[] bytes = Objects.requireNonNull(file).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(InjectionPatternsTest::labelled)
          .toList();
    }
  }

  private static Labelled labelled(String line) {
    String[] parts = line.split(" ", 3);
    Source source = Source.valueOf(parts[1].toUpperCase(Locale.ROOT));
    String text =
        ESCAPE
            .matcher(parts[2])
            .replaceAll(
                escape ->
                    java.util.regex.Matcher.quoteReplacement(
                        escape.group(1) == null
                            ? "\n"
                            : String.valueOf((char) Integer.parseInt(escape.group(1), 16))));
    return new Labelled(parts[0].equals("inject"), new GuardedText(source, text));
  }
}
