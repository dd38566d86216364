package dev.serai.config.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.config.Settings;
import dev.serai.config.read.SettingsException;
import dev.serai.core.chat.Usage;
import dev.serai.core.model.Capability;
import dev.serai.core.model.Charge;
import dev.serai.core.model.Modality;
import dev.serai.core.model.ModelFacts;
import dev.serai.core.routing.Candidate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator says of models in a file of its own. */
class ModelFileTest {
  @TempDir Path path;

  @Test
  void factsOfTheFileOverrideTheBuiltInOnes() throws IOException {
    SettingsCatalogue catalogue =
        catalogue(
            """
            models:
              openai/gpt-4o:
                max_output_tokens: 16384
                input_modalities: [text, image]
                output_modalities: text
                capabilities: [structured_output, tools]
            """);

    ModelFacts facts = catalogue.facts(new Candidate("openai", "gpt-4o"));

    assertThat(facts.contextLength()).hasValue(128_000);
    assertThat(facts.maxOutputTokens()).hasValue(16_384);
    assertThat(facts.input()).containsExactly(Modality.TEXT, Modality.IMAGE);
    assertThat(facts.output()).containsExactly(Modality.TEXT);
    assertThat(facts.capabilities())
        .containsExactly(Capability.TOOLS, Capability.STRUCTURED_OUTPUT);
    assertThat(facts.prices().get(Charge.INPUT)).isEqualByComparingTo("0.0000025");
    assertThat(facts.prices().get(Charge.CACHED_INPUT)).isEqualByComparingTo("0.00000125");
  }

  @Test
  void anUnlistedModelHasNoFacts() throws IOException {
    assertThat(catalogue("").facts(new Candidate("ollama", "llama3")))
        .isEqualTo(ModelFacts.UNKNOWN);
  }

  @Test
  void aPriceReplacesTheBuiltInOneAndIsExact() throws IOException {
    String file =
        "models: {openai/gpt-4o: {price: {input: 1.000001, output: 3, cached_input: 0.5}}}";

    assertThat(cost(file, "openai/gpt-4o", new Usage(3_000_000, 1_000_000, 1_000_000, 0, 0)))
        .hasValue(2_000_002_000L + 500_000_000L + 3_000_000_000L);
    assertThat(cost(file, "openai/gpt-4o", Usage.of(1, 1).withTier("batch")))
        .as("terms without a price of their own")
        .isEmpty();
  }

  @Test
  void aPartWithoutAPriceHasThePriceOfTheWhole() throws IOException {
    String file =
        """
        models:
          ollama/m:
            price:
              {input: 1, output: 10, cache_write: 2, reasoning: 20, audio_input: 30, audio_output: 40}
        """;

    Usage usage = new Usage(100, 50, 10, 20, 5, 10, 30, 15, "");
    assertThat(cost(file, "ollama/m", usage))
        .hasValue(
            1000 * (40 * 1 + 10 * 1 + 10 * 2 + 10 * 2 + 30 * 30 + 30 * 10 + 5 * 20 + 15 * 40L));
  }

  @Test
  void aLargePromptAndSpecialTermsHaveTheirOwnPrices() throws IOException {
    String file =
        """
        models:
          ollama/m:
            price: {input: 1, output: 2, cached_input: 0.1}
            large_prompts:
              - {above: 1000, price: {input: 3}}
              - {above: 2000, price: {input: 5, output: 7}}
            terms:
              batch: {input: 0.5, output: 1}
        """;

    assertThat(cost(file, "ollama/m", new Usage(1000, 1, 100, 0, 0)))
        .hasValue(900 * 1000 + 100 * 100 + 2000);
    assertThat(cost(file, "ollama/m", new Usage(1001, 1, 100, 0, 0)))
        .hasValue(901 * 3000 + 100 * 100 + 2000);
    assertThat(cost(file, "ollama/m", Usage.of(2001, 1))).hasValue(2001 * 5000 + 7000);
    assertThat(cost(file, "ollama/m", Usage.of(10, 1).withTier("batch"))).hasValue(10 * 500 + 1000);
  }

  @Test
  void aModelThatOnlyTheFileListsIsFound() throws IOException {
    SettingsCatalogue catalogue =
        catalogue("models: {openai/gpt-99: {price: {input: 0, output: 0}}, openai/own-*: {}}");

    assertThat(catalogue.find("gpt-99").orElseThrow().targets().getFirst().candidate())
        .isEqualTo(new Candidate("openai", "gpt-99"));
    assertThat(catalogue.modelsOf("openai")).contains("gpt-99").noneMatch(n -> n.contains("*"));
    assertThat(catalogue.costNanoUsd(new Candidate("openai", "gpt-99"), Usage.of(9, 9)))
        .as("free, not unknown")
        .hasValue(0);
  }

  @Test
  void anEntryWithAStarMatchesBeginningsAndTheLongestApplies() throws IOException {
    String file =
        """
        models:
          vllm/*: {price: {input: 0, output: 0}}
          vllm/big-*: {price: {input: 1, output: 1}}
          vllm/big-1: {price: {input: 2, output: 2}}
        """;

    assertThat(cost(file, "vllm/small", Usage.of(1, 1))).hasValue(0);
    assertThat(cost(file, "vllm/big-2", Usage.of(1, 1))).hasValue(2000);
    assertThat(cost(file, "vllm/big-1", Usage.of(1, 1))).hasValue(4000);
    assertThat(cost(file, "ollama/small", Usage.of(1, 1))).isEmpty();
  }

  @Test
  void aPriceInTheSettingsOverridesTheModelFile() throws IOException {
    Files.writeString(
        path.resolve("serai.yaml"),
        "providers: {ollama: {models: [{name: m, cost_per_input: 7, cost_per_output: 7}]}}");

    assertThat(
            cost("models: {ollama/m: {price: {input: 1, output: 1}}}", "ollama/m", Usage.of(1, 0)))
        .hasValue(7000);
  }

  @Test
  void everyMistakeIsReportedWithItsLineAndAllowedValues() throws IOException {
    Files.writeString(
        path.resolve("models.yaml"),
        """
        models:
          gpt-4o:
            context_length: many
          openai/gpt-4o:
            context_lenght: 5
            capabilities: [flying]
            price: {input: 1.0000001, output: 2}
          openai/gpt-5:
            price: {input: 1}
          openai/gpt-6:
            terms: {batch: {input: 1}}
        prices: 1
        """);

    assertThatThrownBy(() -> Settings.load(Map.of(), path))
        .isInstanceOfSatisfying(
            SettingsException.class,
            e ->
                assertThat(e.problems())
                    .anySatisfy(
                        p ->
                            assertThat(p)
                                .startsWith("models.yaml:2: models.gpt-4o: must have the form"))
                    .anySatisfy(
                        p ->
                            assertThat(p)
                                .startsWith("models.yaml:3: models.gpt-4o.context_length: \"many\"")
                                .contains("a whole number from 1 to"))
                    .anySatisfy(
                        p ->
                            assertThat(p)
                                .startsWith("models.yaml:5: models.openai/gpt-4o.context_lenght")
                                .contains("did you mean context_length?"))
                    .anySatisfy(
                        p ->
                            assertThat(p)
                                .startsWith("models.yaml:6:")
                                .contains("\"flying\"", "tools", "reasoning"))
                    .anySatisfy(
                        p ->
                            assertThat(p)
                                .startsWith("models.yaml:7: models.openai/gpt-4o.price.input")
                                .contains("1.0000001", "6 decimals"))
                    .anySatisfy(
                        p ->
                            assertThat(p)
                                .startsWith("models.yaml:9: models.openai/gpt-5.price")
                                .contains("both input and output"))
                    .anySatisfy(
                        p ->
                            assertThat(p)
                                .startsWith("models.yaml:10: models.openai/gpt-6")
                                .contains("a price with input and output is required"))
                    .anySatisfy(
                        p -> assertThat(p).startsWith("models.yaml:12: prices: unknown key")));
  }

  @Test
  void theFileIsFoundLikeTheSettingsFile() throws IOException {
    Files.createDirectories(path.resolve("config"));
    Files.writeString(path.resolve("models.yaml"), "models: {a/second: {}}");
    assertThat(models(Map.of())).containsOnlyKeys("a/second");
    Files.writeString(path.resolve("config/models.yaml"), "models: {a/first: {}}");
    assertThat(models(Map.of())).containsOnlyKeys("a/first");
    Files.writeString(path.resolve("own.yaml"), "models: {a/own: {}}");
    assertThat(models(Map.of("SERAI_MODELS", "own.yaml"))).containsOnlyKeys("a/own");
    assertThatThrownBy(() -> models(Map.of("SERAI_MODELS", "nowhere.yaml")))
        .hasMessageContaining(
            "environment variable SERAI_MODELS: the file nowhere.yaml does not exist");
  }

  @Test
  void theExampleIsValid() throws IOException {
    Path checkout = Path.of(System.getProperty("serai.checkout"));
    Files.copy(checkout.resolve("config/models.example.yaml"), path.resolve("models.yaml"));

    assertThat(models(Map.of())).isNotEmpty();
  }

  private Map<String, ?> models(Map<String, String> environment) {
    return Settings.load(environment, path).catalogue().models();
  }

  private OptionalLong cost(String file, String name, Usage usage) throws IOException {
    String[] parts = name.split("/", 2);
    return catalogue(file).costNanoUsd(new Candidate(parts[0], parts[1]), usage);
  }

  private SettingsCatalogue catalogue(String file) throws IOException {
    Files.writeString(path.resolve("models.yaml"), file);
    Instant now = Instant.parse("2026-11-21T00:00:00Z");
    return new SettingsCatalogue(Settings.load(Map.of("OPENAI_API_KEY", "a"), path), () -> now);
  }
}
