package dev.serai.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.config.catalogue.SettingsCatalogue;
import dev.serai.config.provider.Provider;
import dev.serai.core.chat.Usage;
import dev.serai.core.routing.Candidate;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Vertex AI among the providers: a project and a location turn it on and make its address. */
class VertexProviderTest {
  @TempDir Path path;
  private Folder folder;

  @BeforeEach
  void open() {
    folder = new Folder(path);
  }

  private Provider at(String location) {
    return folder.provider("vertex", Map.of("VERTEX_PROJECT", "acme", "VERTEX_LOCATION", location));
  }

  @ParameterizedTest
  @CsvSource({
    "VERTEX_PROJECT, VERTEX_LOCATION",
    "VERTEXAI_PROJECT, VERTEXAI_LOCATION",
    "GOOGLE_CLOUD_PROJECT, GOOGLE_CLOUD_LOCATION"
  })
  void aProjectAndALocationTurnItOn(String project, String location) {
    Provider on = folder.provider("vertex", Map.of(project, "acme", location, "us-east5"));
    assertThat(on.enabled()).isTrue();
    assertThat(on.keyName()).isEmpty();
    assertThat(on.baseUrl())
        .contains("https://us-east5-aiplatform.googleapis.com/v1/projects/acme/locations/us-east5");

    Provider off = folder.provider("vertex", Map.of(project, "acme"));
    assertThat(off.enabled()).isFalse();
    assertThat(off.why()).isEqualTo("VERTEX_LOCATION is not set");
    assertThat(folder.provider("vertex", Map.of(location, "us-east5")).why())
        .isEqualTo("VERTEX_PROJECT is not set");
  }

  @Test
  void theReasonNamesTheVariablesAndWhereTheCredentialsAre() {
    assertThat(at("global").why())
        .isEqualTo(
            "VERTEX_PROJECT and VERTEX_LOCATION are set; credentials from gcloud's login or the"
                + " machine");
    assertThat(folder.provider("vertex", Map.of()).why())
        .isEqualTo("VERTEX_PROJECT and VERTEX_LOCATION are not set");
  }

  @Test
  void aProjectWithoutALocationIsNamedUnlessItIsOfAnotherProgram() {
    Map<String, String> half = Map.of("VERTEX_PROJECT", "acme");
    assertThat(folder.settings(half).warnings())
        .containsExactly(
            "environment variable VERTEX_PROJECT: the provider vertex is off: VERTEX_LOCATION is"
                + " not set");
    assertThat(SettingsReport.of(folder.settings(half), half).lines())
        .contains("provider   off vertex: VERTEX_LOCATION is not set");
    assertThat(folder.settings(Map.of("GOOGLE_CLOUD_PROJECT", "acme")).warnings()).isEmpty();
  }

  @Test
  void aFileWithCredentialsThatIsNotThereIsAWarningWithoutItsName() {
    Map<String, String> environment =
        Map.of(
            "VERTEX_PROJECT", "acme",
            "VERTEX_LOCATION", "global",
            "GOOGLE_APPLICATION_CREDENTIALS", path.resolve("canary.json").toString());

    assertThat(folder.settings(environment).warnings())
        .containsExactly(
            "environment variable GOOGLE_APPLICATION_CREDENTIALS: names a file that does not"
                + " exist, and is not JSON");
    assertThat(folder.provider("vertex", environment).why())
        .endsWith("credentials from GOOGLE_APPLICATION_CREDENTIALS");

    folder.with("canary.json", "{}");
    assertThat(folder.settings(environment).warnings()).isEmpty();
  }

  @Test
  void theGlobalAndTheMultiRegionalEndpointsHaveHostsOfTheirOwn() {
    assertThat(at("global").baseUrl())
        .contains("https://aiplatform.googleapis.com/v1/projects/acme/locations/global");
    assertThat(at("eu").baseUrl())
        .contains("https://aiplatform.eu.rep.googleapis.com/v1/projects/acme/locations/eu");
  }

  @Test
  void anotherAddressReceivesTheProjectUnlessItNamesOne() {
    Map<String, String> host =
        Map.of(
            "VERTEX_PROJECT", "acme",
            "VERTEX_LOCATION", "global",
            "GOOGLE_VERTEX_BASE_URL", "http://127.0.0.1:9/");
    assertThat(folder.provider("vertex", host).baseUrl())
        .contains("http://127.0.0.1:9/v1/projects/acme/locations/global");

    String whole = "http://127.0.0.1:9/v1/projects/p/locations/l";
    Provider complete = folder.provider("vertex", Map.of("VERTEX_BASE_URL", whole));
    assertThat(complete.enabled()).isTrue();
    assertThat(complete.baseUrl()).contains(whole);
  }

  @Test
  void anInvalidProjectIsAMistakeOnlyIfItIsUsed() {
    assertThat(folder.provider("vertex", Map.of("GOOGLE_CLOUD_PROJECT", "Not/One")).enabled())
        .isFalse();
    assertThat(
            folder.problems(Map.of("GOOGLE_CLOUD_PROJECT", "Not/One", "VERTEX_LOCATION", "global")))
        .containsExactly(
            "environment variable GOOGLE_CLOUD_PROJECT: must be an ID: a-z, 0-9 and '-'");
  }

  @Test
  void pricesAreThoseOfThePublishersWhereVertexChargesThem() {
    assertThat(cost("europe-west1", "gemini-2.5-pro")).isPresent();
    assertThat(cost("europe-west1", "claude-opus-4-1@20250805")).isPresent();
    assertThat(cost("europe-west1", "claude-sonnet-4-5@20250929")).isEmpty();
    assertThat(cost("global", "claude-sonnet-4-5@20250929")).isPresent();
  }

  private OptionalLong cost(String location, String model) {
    Settings settings =
        folder.settings(Map.of("VERTEX_PROJECT", "acme", "VERTEX_LOCATION", location));
    SettingsCatalogue catalogue = new SettingsCatalogue(settings, InstantSource.system());
    return catalogue.costNanoUsd(new Candidate("vertex", model), Usage.of(1000, 100));
  }
}
