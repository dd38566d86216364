package dev.serai.processors.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.config.Settings;
import dev.serai.config.catalogue.SettingsCatalogue;
import dev.serai.core.chat.Usage;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.request.ModelRequest;
import dev.serai.core.request.Operation;
import dev.serai.core.request.RelayRequest;
import dev.serai.core.request.ResponseBounds;
import dev.serai.core.routing.Candidate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorstCaseTest {
  private static final Instant NOW = Instant.parse("2026-11-21T09:30:00Z");
  private static final Candidate CLAUDE = new Candidate("anthropic", "claude-sonnet-4-5");

  private final SettingsCatalogue catalogue =
      new SettingsCatalogue(
          Settings.load(
              Map.of("ANTHROPIC_API_KEY", "none", "OPENAI_API_KEY", "none"), Path.of("none")),
          () -> NOW);
  private final WorstCase costs = new WorstCase(catalogue);

  private record Body(byte[] bytes) implements RelayRequest {
    Body(int length) {
      this(new byte[length]);
    }

    @Override
    public Operation operation() {
      return Operation.CHAT;
    }

    @Override
    public String dialect() {
      return "openai";
    }

    @Override
    public String model() {
      return "";
    }

    @Override
    public boolean streaming() {
      return false;
    }

    @Override
    public String method() {
      return "POST";
    }

    @Override
    public String path() {
      return "/";
    }

    @Override
    public HeaderFields headers() {
      return new HeaderFields();
    }

    @Override
    public Optional<String> provider() {
      return Optional.empty();
    }

    @Override
    public byte[] bytesFor(String model) {
      return bytes;
    }
  }

  private long worst(int tokens, long output, String tier) {
    ModelRequest request = new Body((tokens - 1) * 3);
    ResponseBounds bounds = new ResponseBounds(OptionalLong.of(output), 1, tier);
    return costs.nanoUsd(CLAUDE, request, bounds, NOW).orElseThrow();
  }

  private long cost(Usage usage) {
    return catalogue.costNanoUsd(CLAUDE, usage, NOW).orElseThrow();
  }

  @Test
  void noCallOfTheseTokensCostsMore() {
    for (int tokens : new int[] {1, 1_000, 150_000}) {
      long worst = worst(tokens, 500, "");
      assertThat(worst).isGreaterThanOrEqualTo(cost(Usage.of(tokens, 500)));
      assertThat(worst).isGreaterThanOrEqualTo(cost(new Usage(tokens, 500, 0, tokens, 500)));
      assertThat(worst)
          .isEqualTo(cost(new Usage(tokens, 500, 0, tokens, 0).withCacheWrittenHour(tokens)));
    }
  }

  /** LiteLLM PR 40002: holds without the prices of long prompts. */
  @Test
  void aLongPromptHasThePriceOfLongPrompts() {
    assertThat(worst(500_000, 0, "")).isGreaterThan(500 * worst(1_000, 0, "") * 3 / 2);
  }

  /** The provider may serve a request in the standard tier although it asks for another. */
  @Test
  void aRequestForATierCostsTheHigherOfItsPriceAndTheStandardOne() {
    Candidate gpt = new Candidate("openai", "gpt-5");
    long standard = worst(gpt, OptionalLong.of(500), "");
    assertThat(worst(gpt, OptionalLong.of(500), "priority")).isEqualTo(2 * standard);
    assertThat(worst(gpt, OptionalLong.of(500), "flex")).isEqualTo(standard);
    assertThat(worst(gpt, OptionalLong.of(500), "unheard-of")).isEqualTo(standard);
  }

  @Test
  void withoutALimitTheResponseHasAsManyTokensAsTheModelAllows() {
    Candidate gpt = new Candidate("openai", "gpt-5");
    int most = catalogue.facts(gpt).maxOutputTokens().orElse((int) WorstCase.DEFAULT_OUTPUT);
    assertThat(worst(gpt, OptionalLong.empty(), ""))
        .isEqualTo(worst(gpt, OptionalLong.of(most), ""))
        .isGreaterThan(worst(gpt, OptionalLong.of(most - 1), ""));
  }

  @Test
  void theParametersOfAModelLimitItsResponse(@TempDir Path home) throws IOException {
    Files.createDirectories(home.resolve("config"));
    Files.writeString(
        home.resolve("config/serai.yaml"),
        """
        providers:
          openai:
            models:
              - {name: gpt-5, parameters: {max_tokens: 700, force: [max_tokens]}}
              - {name: gpt-5-mini, parameters: {max_tokens: 700}}
        """);
    WorstCase set =
        new WorstCase(
            new SettingsCatalogue(
                Settings.load(Map.of("OPENAI_API_KEY", "none"), home), () -> NOW));
    Candidate forced = new Candidate("openai", "gpt-5");
    Candidate mini = new Candidate("openai", "gpt-5-mini");
    for (OptionalLong asked : List.of(OptionalLong.empty(), OptionalLong.of(9))) {
      assertThat(worst(set, forced, asked)).isEqualTo(worst(costs, forced, OptionalLong.of(700)));
    }
    assertThat(worst(set, mini, OptionalLong.empty()))
        .isEqualTo(worst(costs, mini, OptionalLong.of(700)));
    assertThat(worst(set, mini, OptionalLong.of(9)))
        .isEqualTo(worst(costs, mini, OptionalLong.of(9)));
  }

  private static long worst(WorstCase of, Candidate candidate, OptionalLong output) {
    ResponseBounds bounds = new ResponseBounds(output, 1, "");
    return of.nanoUsd(candidate, new Body(3_000), bounds, NOW).orElseThrow();
  }

  private long worst(Candidate candidate, OptionalLong output, String tier) {
    ResponseBounds bounds = new ResponseBounds(output, 1, tier);
    return costs.nanoUsd(candidate, new Body(3_000), bounds, NOW).orElseThrow();
  }

  @Test
  void everyChoiceCounts() {
    ModelRequest request = new Body(0);
    long one =
        costs
            .nanoUsd(CLAUDE, request, new ResponseBounds(OptionalLong.of(1_000), 1, ""), NOW)
            .orElseThrow();
    long four =
        costs
            .nanoUsd(CLAUDE, request, new ResponseBounds(OptionalLong.of(1_000), 4, ""), NOW)
            .orElseThrow();
    assertThat(four - one).isEqualTo(cost(Usage.of(0, 3_000)));
  }

  @Test
  void anUnknownPriceIsNotFree() {
    assertThat(
            costs.nanoUsd(
                new Candidate("openai", "nonsense"), new Body(3), ResponseBounds.UNSET, NOW))
        .isEmpty();
  }
}
