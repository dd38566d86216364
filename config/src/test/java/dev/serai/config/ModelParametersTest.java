package dev.serai.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.config.catalogue.SettingsCatalogue;
import dev.serai.core.model.DefaultParameters;
import dev.serai.core.model.ModelParameters;
import dev.serai.core.routing.Candidate;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Header fields, parameters and the region of a provider's model. */
class ModelParametersTest {
  private static final Map<String, String> KEYS = Map.of("OPENAI_API_KEY", "k", "K", "40");

  @TempDir Path home;
  private Folder folder;

  @BeforeEach
  void open() {
    folder = new Folder(home);
  }

  @Test
  void aModelSetsThemForItsRequests() {
    folder.yaml(
        """
        providers:
          openai:
            models:
              - name: small
                headers: {x-tier: batch}
                parameters:
                  temperature: 0.2
                  max_tokens: 500
                  reasoning_effort: low
                  body: {top_k: "${K}", stop: [a, "1.50", true], deep: {list: [], none: }, text: x"y}
                  force: [max_tokens, top_k]
              - plain
        """);
    Settings settings = folder.settings(KEYS);
    SettingsCatalogue catalogue = new SettingsCatalogue(settings, InstantSource.system());
    ModelParameters parameters = catalogue.parameters(new Candidate("openai", "small"));
    assertThat(parameters.sampling())
        .isEqualTo(
            new DefaultParameters(
                Optional.of(0.2), Optional.empty(), Optional.of(500), Optional.empty()));
    assertThat(parameters.effort()).contains("low");
    assertThat(parameters.body())
        .isEqualTo(
            Map.of(
                "top_k", "40",
                "stop", "[\"a\",1.50,true]",
                "deep", "{\"list\":[],\"none\":null}",
                "text", "\"x\\\"y\""));
    assertThat(parameters.forced()).isEqualTo(Set.of("max_tokens", "top_k"));
    assertThat(catalogue.parameters(new Candidate("openai", "plain")))
        .isSameAs(ModelParameters.NONE);
    assertThat(settings.providers().get("openai").models().getFirst().headers().toString())
        .as("values may be secrets")
        .doesNotContain("batch");
  }

  @Test
  void theLimitOfAResponseIsThatOfTheRequestUnlessItIsForced() {
    DefaultParameters limit =
        new DefaultParameters(
            Optional.empty(), Optional.empty(), Optional.of(500), Optional.empty());
    ModelParameters other = new ModelParameters(limit, Optional.empty(), Map.of(), Set.of());
    assertThat(other.outputLimit(OptionalLong.of(9))).hasValue(9);
    assertThat(other.outputLimit(OptionalLong.empty())).hasValue(500);
    assertThat(other.forUnlimited().outputLimit(OptionalLong.of(9))).hasValue(500);
    assertThat(ModelParameters.NONE.outputLimit(OptionalLong.empty())).isEmpty();
  }

  @Test
  void aModelRunsInItsOwnRegionOrInThatOfItsProvider() {
    folder.yaml(
        """
        providers:
          openai: {region: us, models: [{name: small, region: eu-north}, plain]}
        """);
    SettingsCatalogue catalogue =
        new SettingsCatalogue(folder.settings(KEYS), InstantSource.system());
    assertThat(catalogue.region(new Candidate("openai", "small"))).contains("eu-north");
    assertThat(catalogue.region(new Candidate("openai", "plain"))).contains("us");
    assertThat(catalogue.region(new Candidate("openai", "gpt-4o"))).contains("us");
    assertThat(catalogue.region(new Candidate("groq", "small"))).isEmpty();

    folder.yaml(
        """
        providers:
          openai: {region: EU, models: [{name: small, region: -eu}]}
        """);
    assertThat(folder.problems(KEYS))
        .hasSize(2)
        .allMatch(text -> text.contains("region must be a name such as eu or eu-west-1"));
  }

  @Test
  void mistakesAreReportedWhereTheyAre() {
    folder.yaml(
        """
        providers:
          openai:
            models:
              - {name: a, parameters: {temprature: 1}}
              - {name: b, parameters: {top_p: 0.5, force: [top_k]}}
              - {name: c, parameters: {body: {stream: true}}}
              - {name: d, parameters: {body: {max_completion_tokens: 5}}}
              - {name: e, headers: {Authorization: k}}
              - {name: f, parameters: {reasoning_effort: lots}}
              - {name: g, parameters: {body: {"a b": 1}}}
              - {name: h, headers: {host: k}}
        """);
    assertThat(folder.problems(KEYS))
        .hasSize(8)
        .anyMatch(text -> text.contains("did you mean temperature?"))
        .anyMatch(text -> text.contains("force names top_k") && text.contains("top_p"))
        .anyMatch(text -> text.contains("must not have stream: Serai sets it itself"))
        .anyMatch(text -> text.contains("write parameters.max_tokens instead"))
        .anyMatch(text -> text.contains("Authorization") && text.contains("providers.NAME.headers"))
        .anyMatch(text -> text.contains("none, minimal, low"))
        .anyMatch(text -> text.contains("body has a member whose name"))
        .anyMatch(text -> text.contains("must not have host"));
  }
}
