package dev.serai.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.config.catalogue.SettingsCatalogue;
import dev.serai.config.read.SettingsException;
import dev.serai.core.model.Persona;
import dev.serai.core.routing.Candidate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PersonaSettingsTest {
  private static final String SETTINGS =
      """
      providers:
        red: {kind: openai-compatible, base_url: "http://127.0.0.1:9/v1", models: [text]}
      models:
        fast: {targets: [red/text], parameters: {temperature: 0.5, max_tokens: 9}}
      personas:
      """;

  @TempDir Path folder;

  private Settings load(String personas) throws IOException {
    Files.writeString(folder.resolve("serai.yaml"), SETTINGS + personas);
    return Settings.load(Map.of(), folder);
  }

  @Test
  void aPersonaIsAModelNameThatIsServedAsItsModel() throws IOException {
    Settings settings =
        load(
            """
              support: {prompt: greet, label: staging, model: fast, parameters: {max_tokens: 7}}
              plain: {prompt: greet, tenant: shop, model: red/other}
            """);
    SettingsCatalogue catalogue = new SettingsCatalogue(settings, InstantSource.system());
    assertThat(catalogue.aliases()).contains("persona/support", "persona/plain");
    assertThat(catalogue.find("persona/support").orElseThrow().candidates())
        .containsExactly(new Candidate("red", "text"));
    assertThat(catalogue.find("persona/plain").orElseThrow().candidates())
        .containsExactly(new Candidate("red", "other"));
    assertThat(catalogue.parameters("persona/support").temperature()).contains(0.5);
    assertThat(catalogue.parameters("persona/support").maxTokens()).contains(7);
    assertThat(catalogue.persona("persona/support"))
        .contains(
            new Persona("greet", Optional.of("staging"), Optional.empty(), Persona.Memory.SESSION));
    assertThat(catalogue.persona("persona/plain").orElseThrow().tenant()).contains("shop");
    assertThat(catalogue.persona("fast")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          support: {prompt: greet, model: fats}       | personas.support.model: no alias is named fats; did you mean fast?
          support: {prompt: greet, model: rde/text}   | personas.support.model: no provider is named rde
          support: {prompt: greet, model: red/te*}    | serai.yaml:6: personas.support.model: must be the name of one model
          support: {prompt: greet, model: red/}       | personas.support.model: no alias is named red/
          support: {model: fast}                      | personas.support: the member 'prompt' is missing
          support: {prompt: greet}                    | personas.support: the member 'model' is missing
          guide: {prompt: greet, model: fast}         | personas.guide: persona/guide is built in
          "a/b": {prompt: greet, model: fast}         | must be 1 to 64 letters
          support: {prompt: greet, model: fast, tools: []} | tools: unknown key
          """)
  void whatIsWrongIsNamedWhenTheSettingsAreRead(String persona, String message) {
    assertThatThrownBy(() -> load("  " + persona + "\n"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(message);
  }
}
