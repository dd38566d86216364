package dev.serai.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderAddressesTest {
  @TempDir Path path;
  private Folder folder;

  @BeforeEach
  void open() {
    folder = new Folder(path);
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP://127.0.0.1:8080/v1, true",
    "http://my_host:8080/v1, true",
    "https://[::1]/v1, true",
    "http://h/v1?key=q, false",
    "http://h/v1#f, false",
    "http://user:pw@h/v1, false",
    "http://user:pw-a#b@h/v1?x, false",
    "http://my host/v1, false",
    "ftp://h/v1, false",
    "http:///v1, false",
    "http://h:0/v1, false"
  })
  void theSameAddressesAreAllowedInVariablesAndInTheFile(String url, boolean allowed) {
    String file = "providers: {local: {base_url: '" + url + "'}}";
    if (allowed) {
      assertThat(folder.provider("local", Map.of("LOCAL_MODEL_URL", url)).baseUrl()).contains(url);
      folder.yaml(file);
      assertThat(folder.provider("local", Map.of()).baseUrl()).contains(url);
    } else {
      List<String> ofVariable = folder.problems(Map.of("LOCAL_MODEL_URL", url));
      folder.yaml(file);
      List<String> ofFile = folder.problems(Map.of());
      assertThat(ofVariable).hasSize(1);
      assertThat(ofFile).hasSize(1);
      assertThat(ofVariable.toString() + ofFile).doesNotContain("user:pw", "a#b", "key=q");
    }
  }

  @Test
  void anAddressOfOpenAisApiWithoutAPathIsAWarning() {
    String why = ": has no path; most servers of OpenAI's API expect /v1 at the end of the address";
    folder.yaml(
        """
        providers:
          lab: {kind: openai-compatible, base_url: "http://127.0.0.1:1234"}
          vllm: {kind: openai-compatible, base_url: "http://127.0.0.1:8001/"}
          fine: {kind: openai-compatible, base_url: "http://127.0.0.1:8001/v1"}
          claude: {kind: anthropic, base_url: "http://127.0.0.1:8002"}
          deepseek: {base_url: "https://api.deepseek.com"}
        """);
    Map<String, String> environment =
        Map.of(
            "LOCAL_MODEL_URL", "http://localhost:1234",
            "OLLAMA_BASE_URL", "http://localhost:11434",
            "AZURE_OPENAI_ENDPOINT", "https://mine.openai.azure.com",
            "AZURE_OPENAI_API_KEY", "k");
    assertThat(folder.settings(environment).warnings())
        .containsExactly(
            "config/serai.yaml:2: providers.lab.base_url" + why,
            "config/serai.yaml:3: providers.vllm.base_url" + why,
            "environment variable LOCAL_MODEL_URL" + why);
  }

  @Test
  void aMalformedRangeInNoProxyIsReported() {
    assertThat(folder.problems(Map.of("NO_PROXY", "10.0.0.0/33")).toString())
        .contains("NO_PROXY", "10.0.0.0/33", "range of addresses");
    assertThat(folder.provider("openai", Map.of("NO_PROXY", "10.0.0.0/8, fd00::/8, .corp")))
        .isNotNull();
  }

  @Test
  void aHeaderFieldThatSeraiSetsIsRefusedWithoutItsValue() {
    folder.yaml("providers: {openai: {headers: {Host: secret-value}}}");
    assertThat(folder.problems(Map.of()).toString())
        .contains("must not have Host")
        .doesNotContain("secret-value");
  }
}
