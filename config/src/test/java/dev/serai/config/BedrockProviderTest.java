package dev.serai.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.config.provider.Provider;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Amazon Bedrock among the providers: AWS's variables, its region and its list of models. */
class BedrockProviderTest {
  @TempDir Path path;
  private Folder folder;

  @BeforeEach
  void open() {
    folder = new Folder(path);
  }

  @ParameterizedTest
  @CsvSource({
    "AWS_BEARER_TOKEN_BEDROCK",
    "AWS_ACCESS_KEY_ID",
    "AWS_PROFILE",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI"
  })
  void bedrockIsOnIfAVariableOfAwsCredentialsIsSet(String variable) {
    Provider off = folder.provider("bedrock", Map.of("AWS_REGION", "eu-central-1"));
    Provider on = folder.provider("bedrock", Map.of(variable, "x"));

    assertThat(off.enabled()).isFalse();
    assertThat(on.enabled()).isTrue();
    assertThat(on.keyName().isPresent()).isEqualTo(variable.equals("AWS_BEARER_TOKEN_BEDROCK"));
  }

  @Test
  void bedrocksAddressContainsTheRegion() {
    assertThat(folder.provider("bedrock", Map.of()).baseUrl())
        .contains("https://bedrock-runtime.us-east-1.amazonaws.com");
    assertThat(folder.provider("bedrock", Map.of("AWS_REGION", "eu-central-1")).baseUrl())
        .contains("https://bedrock-runtime.eu-central-1.amazonaws.com");
    Map<String, String> own = Map.of("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", "http://127.0.0.1:9");
    assertThat(folder.provider("bedrock", own).baseUrl()).contains("http://127.0.0.1:9");
    assertThat(folder.problems(Map.of("AWS_REGION", "evil.example/x")))
        .containsExactly("environment variable AWS_REGION: must be a region: a-z, 0-9 and '-'");
  }

  @Test
  void bedrocksListOfModelsHasAnAddressOfItsOwn() {
    Map<String, String> own = Map.of("AWS_ENDPOINT_URL_BEDROCK", "http://127.0.0.1:8");
    assertThat(folder.provider("bedrock", Map.of()).modelsUrl()).isEmpty();
    assertThat(folder.provider("bedrock", own).modelsUrl()).contains("http://127.0.0.1:8");
    assertThat(folder.provider("bedrock", own).profile().modelsUrl()).isPresent();

    folder.yaml("providers:\n  bedrock:\n    base_url: http://127.0.0.1:9\n");
    assertThat(folder.provider("bedrock", own).modelsUrl()).isEmpty();
    folder.yaml("providers:\n  bedrock:\n    models_url: http://127.0.0.1:7\n");
    assertThat(folder.provider("bedrock", own).modelsUrl()).contains("http://127.0.0.1:7");
    folder.yaml("providers:\n  openai:\n    models_url: http://127.0.0.1:7\n");
    assertThat(folder.problems(Map.of()))
        .containsExactly(
            "config/serai.yaml:2: providers.openai: models_url is allowed only with the kind"
                + " bedrock");
  }

  @Test
  void aMachinesRoleIsUsedOnlyIfBedrockIsEnabled() {
    folder.yaml("providers:\n  bedrock:\n    enabled: true\n");
    assertThat(folder.provider("bedrock", Map.of()).enabled()).isTrue();
  }

  @Test
  void halfOfAKeyAndARegionThatIsOnlyAssumedAreNamed() {
    assertThat(folder.settings(Map.of("AWS_ACCESS_KEY_ID", "a")).warnings())
        .containsExactly(
            "environment variable AWS_ACCESS_KEY_ID: is not used, since AWS_SECRET_ACCESS_KEY is"
                + " not set; both are needed");
    Map<String, String> whole = Map.of("AWS_ACCESS_KEY_ID", "a", "AWS_SECRET_ACCESS_KEY", "b");
    assertThat(folder.settings(whole).warnings()).isEmpty();
    assertThat(folder.provider("bedrock", whole).why())
        .isEqualTo(
            "AWS_ACCESS_KEY_ID is set; in the region us-east-1, since AWS_REGION is not set");
  }
}
