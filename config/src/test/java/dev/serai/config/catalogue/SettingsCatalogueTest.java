package dev.serai.config.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.config.Settings;
import dev.serai.core.chat.Usage;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.model.ModelCatalogue.ModelRoute;
import dev.serai.core.model.ModelCatalogue.Target;
import dev.serai.core.routing.Candidate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsCatalogueTest {
  private static final Map<String, String> KEYS =
      Map.of("OPENAI_API_KEY", "a", "ANTHROPIC_API_KEY", "b", "DEEPSEEK_API_KEY", "c");

  @TempDir Path path;
  private Instant now = Instant.parse("2026-11-21T00:00:00Z");

  @Test
  void anAliasHasTargetsAndFallbacks() throws IOException {
    SettingsCatalogue catalogue =
        catalogue(
            """
            models:
              smart:
                targets: [{model: openai/gpt-4o, weight: 3}, anthropic/claude-sonnet-4-5]
                fallbacks: ollama/llama3
            """);

    assertThat(catalogue.find("smart"))
        .contains(
            new ModelRoute(
                List.of(
                    new Target(new Candidate("openai", "gpt-4o"), 3),
                    new Target(new Candidate("anthropic", "claude-sonnet-4-5"), 1)),
                List.of(new Candidate("ollama", "llama3")),
                "alias smart"));
    assertThat(catalogue.aliases()).containsExactly("smart");
  }

  @Test
  void aCatalogueNameFindsItsVendorAlsoWithADate() throws IOException {
    SettingsCatalogue catalogue = catalogue("");

    assertThat(target(catalogue, "gpt-4o")).isEqualTo(new Candidate("openai", "gpt-4o"));
    assertThat(target(catalogue, "gpt-4o-2024-08-06"))
        .isEqualTo(new Candidate("openai", "gpt-4o-2024-08-06"));
    assertThat(target(catalogue, "claude-sonnet-4-5-20250929"))
        .isEqualTo(new Candidate("anthropic", "claude-sonnet-4-5-20250929"));
    assertThat(catalogue.find("unknown-model")).isEmpty();
  }

  @Test
  void theProviderWithTheLowestPriorityNumberComesFirst() throws IOException {
    SettingsCatalogue catalogue =
        catalogue(
            """
            providers:
              mirror:
                {kind: openai-compatible, base_url: "http://m/v1", models: gpt-4o, priority: 1}
              late:
                {kind: openai-compatible, base_url: "http://l/v1", models: gpt-4o, priority: 900}
              off:
                {kind: openai-compatible, base_url: "http://o/v1", models: gpt-4o, enabled: false}
            """);

    ModelRoute route = catalogue.find("gpt-4o").orElseThrow();

    assertThat(route.targets())
        .containsExactlyElementsOf(
            Target.inOrder(
                List.of(
                    new Candidate("mirror", "gpt-4o"),
                    new Candidate("openai", "gpt-4o"),
                    new Candidate("late", "gpt-4o"))));
    assertThat(route.fallbacks()).isEmpty();
  }

  @Test
  void fallbackProvidersUseTheirFirstModel() throws IOException {
    SettingsCatalogue catalogue =
        catalogue(
            """
            general: {default_provider: openai, fallback_providers: [anthropic, bedrock]}
            providers:
              openai: {models: [gpt-4o]}
              anthropic: {models: [claude-sonnet-4-20250514]}
            """);

    assertThat(catalogue.find("gpt-4o").orElseThrow().fallbacks())
        .containsExactly(new Candidate("anthropic", "claude-sonnet-4-20250514"));
    assertThat(catalogue.defaultModel()).isEqualTo("openai/gpt-4o");
  }

  @Test
  void theDefaultModelComesFromTheSettingsOrIsTheGuide() throws IOException {
    assertThat(catalogue("").defaultModel()).isEqualTo("persona/guide");
    assertThat(catalogue("general: {default_model: gpt-4o}").defaultModel()).isEqualTo("gpt-4o");
    assertThat(
            catalogue("general: {default_model: llama3, default_provider: ollama}").defaultModel())
        .isEqualTo("ollama/llama3");
  }

  @Test
  void theModelsOfAProviderComeFromCatalogueAndSettings() throws IOException {
    SettingsCatalogue catalogue = catalogue("providers: {openai: {models: [my-tuned]}}");

    assertThat(catalogue.modelsOf("openai")).contains("gpt-4o", "my-tuned").isSorted();
    assertThat(catalogue.modelsOf("persona")).containsExactly("guide");
    assertThat(catalogue.modelsOf("ollama")).isEmpty();
    assertThat(catalogue.modelsOf("unknown")).isEmpty();
  }

  @Test
  void aCostThatTheProviderReportsIsUsedOnlyWithoutAPrice() throws IOException {
    Usage reported = Usage.of(1000, 100).withReportedCost(77).withTier("");
    assertThat(cost("openai/no-such-model", reported)).hasValue(77);
    assertThat(cost("openai/no-such-model", Usage.of(1000, 100))).isEmpty();
    assertThat(cost("openai/gpt-4o", reported)).hasValue(1000 * 2500L + 100 * 10_000L);
  }

  @Test
  void cachedTokensArePricedOnce() throws IOException {
    // gpt-4o: 2.5 USD for a million, 1.25 cached, 10 output
    assertThat(cost("openai/gpt-4o", new Usage(1000, 100, 400, 0, 0)))
        .hasValue(600 * 2500L + 400 * 1250L + 100 * 10_000L);
  }

  @Test
  void tokensWrittenToACacheHaveTheirOwnPrice() throws IOException {
    // claude-sonnet-4-5: 3, cached 0.3, written 3.75, output 15
    assertThat(cost("anthropic/claude-sonnet-4-5", new Usage(10_000, 10, 2000, 3000, 0)))
        .hasValue(5000 * 3000L + 2000 * 300L + 3000 * 3750L + 10 * 15_000L);
  }

  @Test
  void aboveTheThresholdTheHigherPriceAppliesToAllTokens() throws IOException {
    assertThat(cost("anthropic/claude-sonnet-4-5", Usage.of(200_000, 1)))
        .hasValue(200_000 * 3000L + 15_000);
    assertThat(cost("anthropic/claude-sonnet-4-5", Usage.of(200_001, 1)))
        .hasValue(200_001 * 6000L + 22_500);
  }

  @Test
  void aPriceAppliesFromItsFirstDay() throws IOException {
    now = Instant.parse("2025-06-09T23:59:59Z");
    assertThat(cost("openai/o3", Usage.of(1, 0))).hasValue(10_000);
    now = Instant.parse("2025-06-10T00:00:00Z");
    assertThat(cost("openai/o3", Usage.of(1, 0))).hasValue(2_000);
  }

  @Test
  void pricesThatWereReadAreThoseOfThatMoment() throws IOException {
    now = Instant.parse("2025-06-09T23:59:59Z");
    SettingsCatalogue catalogue = catalogue("");
    ModelCatalogue.Prices prices = catalogue.prices();
    now = Instant.parse("2025-06-10T00:00:00Z");
    Candidate o3 = new Candidate("openai", "o3");
    assertThat(prices.costNanoUsd(o3, Usage.of(1, 0))).hasValue(10_000);
    assertThat(catalogue.prices().costNanoUsd(o3, Usage.of(1, 0))).hasValue(2_000);
  }

  @Test
  void aPriceAppliesInItsHours() throws IOException {
    now = Instant.parse("2026-11-21T00:29:59Z");
    assertThat(cost("deepseek/deepseek-chat", Usage.of(1000, 0))).hasValue(135_000);
    now = Instant.parse("2026-11-21T00:30:00Z");
    assertThat(cost("deepseek/deepseek-chat", Usage.of(1000, 0))).hasValue(270_000);
    now = Instant.parse("2026-11-21T16:30:00Z");
    assertThat(cost("deepseek/deepseek-chat", Usage.of(1000, 0))).hasValue(135_000);
  }

  @Test
  void tokensCachedForAnHourHaveTheirOwnPrice() throws IOException {
    // claude-opus-4-5: 5, written 6.25, for an hour 10, output 25
    Usage usage = new Usage(10_000, 10, 0, 3000, 0).withCacheWrittenHour(1000);
    assertThat(cost("anthropic/claude-opus-4-5", usage))
        .hasValue(7000 * 5000L + 2000 * 6250L + 1000 * 10_000L + 10 * 25_000L);
  }

  @Test
  void specialTermsReplaceTheRatesThatTheyListFromTheirFirstDay() throws IOException {
    // gpt-5: 1.25, cached 0.125, output 10; flex 0.625, 0.0625, 5; priority 2.5, 0.25, 20
    Usage usage = new Usage(1000, 100, 400, 0, 0);
    assertThat(cost("openai/gpt-5", usage)).hasValue(600 * 1250L + 400 * 125L + 100 * 10_000L);
    assertThat(cost("openai/gpt-5", usage.withTier("flex")))
        .hasValue((600 * 1250L + 400 * 125L + 100 * 10_000L) / 2);
    assertThat(cost("openai/gpt-5", usage.withTier("priority")))
        .hasValue(2 * (600 * 1250L + 400 * 125L + 100 * 10_000L));
    assertThat(cost("openai/gpt-5", usage.withTier("default")))
        .hasValue(600 * 1250L + 400 * 125L + 100 * 10_000L);
  }

  @Test
  void specialTermsWithoutAPriceHaveAnUnknownCost() throws IOException {
    assertThat(cost("deepseek/deepseek-chat", Usage.of(1, 1).withTier("batch"))).isEmpty();
    now = Instant.parse("2026-10-13T00:00:00Z");
    assertThat(cost("openai/gpt-5", Usage.of(1, 1).withTier("batch"))).isEmpty();
    assertThat(cost("openai/gpt-5", Usage.of(1, 0).withTier("auto"))).hasValue(1250);
  }

  @Test
  void audioHasItsOwnPriceIfUsageReportsIt() throws IOException {
    SettingsCatalogue catalogue =
        catalogue(
            "providers: {gemini: {kind: openai-compatible, base_url: \"http://127.0.0.1/v1\"}}");
    // gemini-2.0-flash: 0.1, sound 0.7, output 0.4
    assertThat(
            catalogue.costNanoUsd(
                new Candidate("gemini", "gemini-2.0-flash"), Usage.of(1000, 0).withAudio(200, 0)))
        .hasValue(800 * 100L + 200 * 700L);
    assertThat(
            catalogue.costNanoUsd(
                new Candidate("gemini", "gemini-2.0-flash"),
                new Usage(1000, 0, 100, 0, 0).withAudio(200, 0)))
        .as("usage does not report whether cached tokens were audio")
        .isEmpty();
  }

  @Test
  void anUnknownPriceIsEmptyAndNotZero() throws IOException {
    assertThat(cost("openai/unknown-model", Usage.of(1, 1))).isEmpty();
    assertThat(cost("ollama/llama3", Usage.of(1, 1))).isEmpty();
    assertThat(cost("unknown/gpt-4o", Usage.of(1, 1))).isEmpty();
    assertThat(cost("openai/gpt-realtime", Usage.of(1, 1))).isEmpty();
    assertThat(cost("openai/gpt-4o", Usage.of(Long.MAX_VALUE, 1))).isEmpty();
  }

  @Test
  void theGuideIsFree() throws IOException {
    assertThat(cost("persona/guide", Usage.of(1000, 1000))).hasValue(0);
  }

  @Test
  void pricesInTheSettingsOverrideTheBuiltInOnes() throws IOException {
    SettingsCatalogue catalogue =
        catalogue(
            """
            providers:
              openai:
                models: [{name: gpt-4o, cost_per_input: 5.0, cost_per_output: 15.0}]
              ollama:
                models: [{name: llama3, cost_per_input: 0, cost_per_output: 0}]
            """);

    assertThat(catalogue.costNanoUsd(new Candidate("openai", "gpt-4o"), new Usage(10, 1, 5, 0, 0)))
        .hasValue(10 * 5000L + 15_000);
    assertThat(catalogue.costNanoUsd(new Candidate("ollama", "llama3"), Usage.of(9, 9)))
        .hasValue(0);
  }

  @Test
  void aFractionOfANanoDollarIsRoundedOnlyAtTheEnd() throws IOException {
    SettingsCatalogue catalogue =
        catalogue(
            "providers: {ollama: {models: [{name: m, cost_per_input: 0.0004, cost_per_output:"
                + " 0}]}}");

    assertThat(catalogue.costNanoUsd(new Candidate("ollama", "m"), Usage.of(1, 0))).hasValue(0);
    assertThat(catalogue.costNanoUsd(new Candidate("ollama", "m"), Usage.of(2, 0))).hasValue(1);
    assertThat(catalogue.costNanoUsd(new Candidate("ollama", "m"), Usage.of(10, 0))).hasValue(4);
  }

  @Test
  void aProviderAtTheAddressOfAVendorHasItsPrices() throws IOException {
    SettingsCatalogue catalogue =
        catalogue(
            "providers: {work: {kind: openai-compatible, base_url:"
                + " \"https://api.openai.com/v1\"}}");

    assertThat(catalogue.costNanoUsd(new Candidate("work", "gpt-4o"), Usage.of(1, 0)))
        .hasValue(2500);
  }

  private OptionalLong cost(String name, Usage usage) throws IOException {
    String[] parts = name.split("/", 2);
    return catalogue("").costNanoUsd(new Candidate(parts[0], parts[1]), usage);
  }

  private static Candidate target(SettingsCatalogue catalogue, String name) {
    return catalogue.find(name).orElseThrow().targets().getFirst().candidate();
  }

  private SettingsCatalogue catalogue(String yaml) throws IOException {
    Files.writeString(path.resolve("serai.yaml"), yaml);
    InstantSource clock = () -> now;
    return new SettingsCatalogue(Settings.load(KEYS, path), clock);
  }
}
