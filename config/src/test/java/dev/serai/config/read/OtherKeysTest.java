package dev.serai.config.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Words and shapes of other programs in the settings file. */
class OtherKeysTest {
  @TempDir Path folder;

  private List<String> problems(String yaml) throws IOException {
    Files.writeString(folder.resolve("serai.yaml"), yaml);
    try {
      Settings.load(Map.of(), folder);
      return List.of();
    } catch (SettingsException wrong) {
      return wrong.problems();
    }
  }

  @Test
  void everyPlaceIsOneOfTheSettings() throws IOException {
    String page = Files.readString(Path.of("../docs/settings.md"));
    OtherKeys.PLACES
        .values()
        .forEach(
            place ->
                assertThat(page)
                    .containsPattern("\\| `\\Q" + place + "\\E(?:\\.[a-z_.]+|\\[]\\.[a-z_]+)?`"));
  }

  @Test
  void aWordOfLiteLlmIsAnsweredWithTheSettingHere() throws IOException {
    assertThat(
            problems(
                """
                budgets:
                  team: {scope: all, max_budget: 5, budget_duration: 30d}
                limits: {keys: {rpm_limit: 5, tpm: 7}}
                auth:
                  keys:
                    - {name: app, key: 0123456789abcdef, team_id: a, max_budget: 5}
                num_retries: 3
                """))
        .satisfiesExactly(
            limit -> assertThat(limit).contains("budgets.team.max_budget: ", "mean limit?"),
            period -> assertThat(period).contains("budget_duration: ", "did you mean period?"),
            missing -> assertThat(missing).contains("the member 'limit' is missing"),
            rpm -> assertThat(rpm).contains("rpm_limit: ", "did you mean requests_per_minute?"),
            tpm -> assertThat(tpm).contains("tpm: ", "did you mean tokens_per_minute?"),
            team -> assertThat(team).contains("team_id: ", "did you mean team?"),
            own -> assertThat(own).endsWith("; max_budget is budgets.NAME.limit here"),
            retries -> assertThat(retries).endsWith("; num_retries is retry.max_attempts here"));
  }

  @Test
  void aGeneralSettingInAnotherPartIsAnsweredWithItsPlace() throws IOException {
    assertThat(
            problems(
                """
                routing: {default_model: openai/gpt-4o}
                upstream: {fallback_providers: [openai]}
                default_provider: openai
                """))
        .satisfiesExactly(
            model -> assertThat(model).endsWith("; default_model is general.default_model here"),
            others ->
                assertThat(others)
                    .endsWith("; fallback_providers is general.fallback_providers here"),
            first ->
                assertThat(first).endsWith("; default_provider is general.default_provider here"));
  }

  @Test
  void aPriceOfLiteLlmInTheModelsFileIsAnsweredWithThePriceOfThatFile() throws IOException {
    Files.writeString(
        folder.resolve("models.yaml"), "models: {openai/o9: {input_cost_per_token: 0.000003}}\n");
    assertThat(problems("{}\n"))
        .singleElement()
        .asString()
        .endsWith(
            "; write price: {input: ...}, in US dollars per million tokens; multiply by 1,000,000");
  }

  @Test
  void theBeginningOrTheEndOfAKeyIsCompletedIfOneKeyHasIt() throws IOException {
    assertThat(problems("server: {idle: 3s}\nstate: {journal: 9}\nlimits: {keys: {tokens: 3}}\n"))
        .satisfiesExactly(
            idle -> assertThat(idle).contains("did you mean idle_time?"),
            journal -> assertThat(journal).contains("did you mean journal_megabytes?"),
            tokens -> assertThat(tokens).doesNotContain("did you mean"));
  }

  @Test
  void aListOrATextInThePlaceOfNamesIsAnsweredWithTheShapeOfItsFirstEntry() throws IOException {
    assertThat(
            problems(
                """
                models:
                  - {model_name: fast, litellm_params: {model: openai/gpt-4o, api_key: sk-canary}}
                providers: [{name: mine, api_key: sk-canary}]
                budgets: [{id: team, max_budget: 3}]
                guards: here
                """))
        .satisfiesExactly(
            models -> assertThat(models).endsWith("names, such as fast: openai/gpt-4o"),
            providers -> assertThat(providers).endsWith("names, such as mine: {kind: ...}"),
            budgets -> assertThat(budgets).endsWith("such as team: {scope: ..., limit: ...}"),
            guards -> assertThat(guards).contains("must be a mapping of names, such as here: {"))
        .noneMatch(problem -> problem.contains("canary"));
    assertThat(problems("models: [openai/gpt-4o]\nproviders: [0123456789abcdef0123]\n"))
        .satisfiesExactly(
            models -> assertThat(models).endsWith("names, such as gpt-4o: openai/gpt-4o"),
            providers -> assertThat(providers).endsWith("names, such as NAME: {kind: ...}"));
    assertThat(problems("models: {a: gpt-4o}\n"))
        .singleElement()
        .asString()
        .contains(
            "models.a: \"gpt-4o\" was read; model must have the form provider/model, as in"
                + " PROVIDER/gpt-4o");
  }

  @Test
  void aNameOfAProviderOrAKindOfLiteLlmIsAnsweredWithTheOneHere() throws IOException {
    assertThat(
            problems(
                """
                providers:
                  together_ai: {api_key: k}
                  hosted_vllm: {base_url: "http://h/v1"}
                  mine: {kind: vertex_ai, base_url: "http://h"}
                  yours: {kind: fireworks_ai, base_url: "http://h"}
                models: {fast: cohere_chat/command-r}
                """))
        .satisfiesExactly(
            together -> assertThat(together).contains("; did you mean together? A provider of"),
            vllm -> assertThat(vllm).contains("; did you mean kind: openai-compatible? A"),
            mine -> assertThat(mine).endsWith("; write kind: vertex"),
            yours -> assertThat(yours).endsWith("; write kind: openai-compatible"),
            fast -> assertThat(fast).endsWith("named cohere_chat; did you mean cohere?"));
  }
}
