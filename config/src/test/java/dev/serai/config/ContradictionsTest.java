package dev.serai.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings that have different values in two places. */
class ContradictionsTest {
  @TempDir Path path;
  private Folder folder;

  @BeforeEach
  void open() {
    folder = new Folder(path);
  }

  private List<String> replaced(Map<String, String> environment) {
    return SettingsReport.of(folder.settings(environment), environment).lines().stream()
        .filter(line -> line.startsWith("replaced"))
        .toList();
  }

  @Test
  void ofTwoVariablesOfOneSettingTheOneThatIsIgnoredIsNamed() {
    Map<String, String> environment =
        Map.of(
            "DEBUG", "1",
            "LOG_LEVEL", "error",
            "REDIS_URL", "redis://:canary@a",
            "SERAI_REDIS_URL", "redis://:canary@b",
            "GEMINI_API_KEY", "canary-1",
            "GOOGLE_API_KEY", "canary-2",
            "VERTEX_LOCATION", "eu",
            "GOOGLE_CLOUD_LOCATION", "us",
            "AZURE_OPENAI_API_VERSION", "2025-04-01",
            "OPENAI_API_VERSION", "2024-10-21");

    assertThat(folder.settings(environment).warnings())
        .filteredOn(warning -> warning.contains("is ignored"))
        .containsExactlyInAnyOrder(
            ignored("DEBUG", "LOG_LEVEL"),
            ignored("REDIS_URL", "SERAI_REDIS_URL"),
            ignored("GOOGLE_API_KEY", "GEMINI_API_KEY"),
            ignored("GOOGLE_CLOUD_LOCATION", "VERTEX_LOCATION"),
            ignored("OPENAI_API_VERSION", "AZURE_OPENAI_API_VERSION"));
  }

  private static String ignored(String name, String read) {
    return "environment variable "
        + name
        + ": is ignored, since "
        + read
        + " is set to another value and comes first";
  }

  @Test
  void variablesThatAgreeOrAreMeantToOverrideEachOtherAreNotNamed() {
    Map<String, String> environment =
        Map.of(
            "HTTPS_PROXY", "http://a:1",
            "https_proxy", " http://a:1",
            "DEBUG", "false",
            "LOG_LEVEL", "error",
            "GEMINI_API_KEY", "canary",
            "GOOGLE_API_KEY", "canary",
            "OTEL_EXPORTER_OTLP_TIMEOUT", "1000",
            "OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", "2000");

    assertThat(folder.settings(environment).warnings()).isEmpty();
  }

  @Test
  void aValueOfTheFileThatAVariableReplacesIsNamedWithTheVariable() {
    folder.yaml(
        """
        server:
          port: 8001
          host: 127.0.0.1
          allowed_origins: [http://a, http://b]
        log: {level: "${LOG_LEVEL:-info}"}
        """);
    Map<String, String> environment =
        Map.of(
            "SERVER_PORT", "9000",
            "SERVER_HOST", "127.0.0.1",
            "CORS_ORIGINS", "http://a,http://b",
            "LOG_LEVEL", "debug");

    assertThat(replaced(environment))
        .containsExactly("replaced   config/serai.yaml:2: server.port, by SERVER_PORT");
    assertThat(folder.settings(environment).warnings()).isEmpty();
  }

  @Test
  void aVariableOfAProviderThatTheFileReplacesIsNamedWithTheLineOfTheFile() {
    folder.yaml(
        """
        providers:
          groq:
            api_key: ${MINE}
            base_url: https://groq.test/v1
          mistral: {api_key: "${MISTRAL_API_KEY}"}
        """);
    Map<String, String> environment =
        Map.of(
            "MINE", "canary-1",
            "GROQ_API_KEY", "canary-2",
            "GROQ_BASE_URL", "https://other.test/v1",
            "MISTRAL_API_KEY", "canary-3");

    assertThat(replaced(environment))
        .containsExactly(
            "replaced   GROQ_API_KEY, by config/serai.yaml:3: providers.groq.api_key",
            "replaced   GROQ_BASE_URL, by config/serai.yaml:4: providers.groq.base_url");
  }
}
