package dev.serai.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.serai.config.provider.Provider;
import dev.serai.config.read.SettingsException;
import dev.serai.config.state.MemorySettings;
import dev.serai.config.upstream.UpstreamSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  @TempDir Path folder;

  @Test
  void withoutFileAndVariablesTheDefaultsApply() {
    Settings settings = Settings.load(Map.of(), folder);

    assertThat(settings.server()).isEqualTo(ServerSettings.defaults());
    assertThat(settings.upstream()).isEqualTo(UpstreamSettings.defaults());
    assertThat(settings.routes().folder()).isEqualTo(folder.resolve("serai.d"));
    assertThat(settings.tracing().on()).isFalse();
    assertThat(settings.enabledProviders())
        .extracting(Provider::name)
        .containsExactly("ollama", "persona");
  }

  @Test
  void theFileOverridesTheDefaultsAndTheEnvironmentTheFile() throws IOException {
    write("config/serai.yaml", "server:\n  host: 0.0.0.0\n  port: 9000\n");

    Settings settings = Settings.load(Map.of("SERVER_PORT", "9001"), folder);

    assertThat(settings.server().host()).isEqualTo("0.0.0.0");
    assertThat(settings.server().port()).isEqualTo(9001);
  }

  @Test
  void theRequestTimeoutIsTheDeadlineForTheFirstToken() {
    Settings settings = Settings.load(Map.of("REQUEST_TIMEOUT", "7"), folder);

    assertThat(settings.upstream().deadlines().firstToken()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void everyMistakeIsReportedAtOnceWithFileLineKeyAndAllowedValues() throws IOException {
    write(
        "config/serai.yaml",
        """
        server:
          prot: 9000
          port: eighty
        upstream:
          deadlines:
            connect: 0s
        log:
          format: jason
        retry:
          max_attempts: 11
        """);

    assertThat(problems(Map.of("SERVER_PORT", "")))
        .containsExactlyInAnyOrder(
            "config/serai.yaml:2: server.prot: unknown key; did you mean port? allowed in server:"
                + " allowed_hosts, allowed_origins, drain_grace, drain_time, event_loops,"
                + " header_deadline, host, http2, idle_time, keep_alive, max_body_bytes,"
                + " max_connections, max_header_bytes, max_message_bytes, max_request_line_bytes,"
                + " max_session_time, max_streams, max_upload_bytes, memory_limit_megabytes,"
                + " memory_port, min_body_bytes_per_second, port, socket_idle_time, stall_time,"
                + " tls",
            "config/serai.yaml:3: server.port: \"eighty\" was read; must be a whole number from 0"
                + " to 65535",
            "config/serai.yaml:6: upstream.deadlines.connect: \"0s\" was read; connect must be"
                + " above 0s",
            "config/serai.yaml:8: log.format: \"jason\" was read; must be one of auto, json, text"
                + " (did you mean json?)",
            "config/serai.yaml:10: retry.max_attempts: \"11\" was read; must be a whole number from"
                + " 1 to 10");
  }

  @Test
  void thePortOfMemoryObjectsIsAnotherOne() {
    assertThat(problems(Map.of("SERVER_PORT", "9001", "SERVER_MEMORY_PORT", "9001")))
        .singleElement()
        .asString()
        .endsWith("memory_port must be another port than server.port, or 0 for none");
  }

  @Test
  void aWrongVariableIsReportedByName() {
    assertThat(problems(Map.of("SERVER_PORT", "99999")))
        .containsExactly(
            "environment variable SERVER_PORT: \"99999\" was read; must be a whole number from 0"
                + " to 65535");
  }

  @Test
  void ofManyMistakesTwentyAreReportedAndTheOthersCounted() throws IOException {
    StringBuilder unknown = new StringBuilder("log:\n");
    for (int i = 0; i < 1000; i++) {
      unknown.append("  unknown").append(i).append(": 1\n");
    }
    write("config/serai.yaml", unknown.toString());
    assertThat(problems(Map.of())).hasSize(21).last().isEqualTo("and 980 more");
  }

  private List<String> problems(Map<String, String> environment) {
    return catchThrowableOfType(SettingsException.class, () -> Settings.load(environment, folder))
        .problems();
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void memoryObjectsInRedisNeedItsUrlAndAWrongStoreIsNamed() throws IOException {
    write("config/serai.yaml", "state:\n  memory:\n    store: redis\n");
    assertThat(problems(Map.of()))
        .containsExactly(
            "config/serai.yaml:3: state.memory.store: redis needs the URL of a Redis; set"
                + " state.redis_url, or REDIS_URL");
    assertThat(Settings.load(Map.of("REDIS_URL", "redis://cache"), folder).state().memory().store())
        .isEqualTo(MemorySettings.Store.REDIS);
    write("config/serai.yaml", "state:\n  memory:\n    store: rediss\n");
    assertThat(problems(Map.of()))
        .containsExactly(
            "config/serai.yaml:3: state.memory.store: \"rediss\" was read; must be one of database,"
                + " redis, memory (did you mean redis?)");
  }

  @Test
  void aUrlOfRedisThatIsNotValidIsRefusedWithoutItsPassword() {
    SettingsException refused =
        catchThrowableOfType(
            SettingsException.class,
            () -> Settings.load(Map.of("REDIS_URL", "http://:hidden@cache"), folder));
    assertThat(refused)
        .hasMessageContaining("REDIS_URL")
        .hasMessageContaining("redis://")
        .hasMessageNotContaining("hidden");

    Settings settings = Settings.load(Map.of("REDIS_URL", "redis://:hidden@cache"), folder);
    assertThat(settings.state().redisUrl()).isPresent();
    assertThat(settings.state()).asString().doesNotContain("hidden");
  }
}
