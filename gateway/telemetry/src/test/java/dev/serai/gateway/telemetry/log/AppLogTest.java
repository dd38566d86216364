package dev.serai.gateway.telemetry.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.serai.config.telemetry.LogSettings;
import dev.serai.config.telemetry.LogSettings.Format;
import dev.serai.core.background.BackgroundThreads;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

final class AppLogTest {
  private static final String CANARY = "canary-4711-of-no-known-shape";

  @TempDir Path folder;

  @Test
  void aMessageIsOneLineOfJson() throws Exception {
    JsonNode line = json(record("listens on {0}\nforged line", "8000"));
    assertThat(line.path("msg").asText()).isEqualTo("listens on 8000\nforged line");
    assertThat(line.path("level").asText()).isEqualTo("info");
    assertThat(line.path("logger").asText()).isEqualTo("dev.serai.test");
    assertThat(line.path("ts").asText()).endsWith("Z");
  }

  @Test
  void noMessageCanForgeALineInTheTextFormat() throws Exception {
    LogRecord record = record("first\n2026-01-01T00:00:00.000Z INFO  forged");
    record.setThrown(new IllegalStateException("second\n2026-01-01T00:00:00.000Z INFO  forged"));
    List<String> lines = publish(Format.TEXT, record);
    assertThat(lines.getFirst()).contains("first\\n2026");
    assertThat(lines.subList(1, lines.size()))
        .isNotEmpty()
        .allMatch(line -> line.startsWith("\t"))
        .anyMatch(line -> line.contains("second\\n2026"));
  }

  @Test
  void anExceptionAndItsCausesAreOneField() throws Exception {
    LogRecord record = record("it broke");
    record.setThrown(new IllegalStateException("outer", new IllegalArgumentException("inner")));
    assertThat(json(record).path("exception").asText())
        .startsWith("java.lang.IllegalStateException: outer\nat ")
        .contains("\ncaused by java.lang.IllegalArgumentException: inner\nat ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization: Bearer abcdefghijklmnop",
        "authorization=Basic dXNlcjpwYXNzd29yZA==",
        "sent sk-proj-abcdefghijklmnop to it",
        "x-api-key: abcdefghijklmnop",
        "{\"api_key\":\"abcdefghijklmnop\"}",
        "https://host/v1?key=abcdefghijklmnop&alt=sse",
        "postgres://user:abcdefghijklmnop@host/db",
        "AIzaabcdefghijklmnopabcdefghijklmnop",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhYmNkZWZnaGlqa2xtbm9wIn0.abcdefghijklmnop",
        "the key is " + CANARY
      })
  void noSecretIsWritten(String text) throws Exception {
    LogRecord record = record("text: " + text.replace("{", "'{'"));
    record.setThrown(new IllegalStateException(text, new IllegalArgumentException(text)));
    assertThat(String.join("\n", publish(Format.TEXT, record)))
        .contains(Redaction.MARK)
        .doesNotContain("abcdefghijklmnop", "dXNlcjpwYXNzd29yZA", CANARY);
  }

  @Test
  void ordinaryTextIsUnchanged() {
    String text = "The token of a task: risk-taking monkeys bear sk-short keys; port: 8000, key=1";
    assertThat(new Redaction(List.of("a", "")).scrub(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "refused config/serai.yaml:2: providers.a.api_key: the variable FOO_KEY is not set",
        "config/serai.yaml:2: providers.a.api_key: write a variable as ${NAME}, not as env.NAME",
        "config/serai.yaml:31: providers.a.headers.authorization: \"***\" was read; is empty",
        "config/llm.toml:4: auth.login.client_secret: unknown key",
        "environment variable OPENAI_API_KEY: the name of a variable would be taken"
      })
  void aMistakeInTheSettingOfASecretIsWrittenInFull(String text) {
    assertThat(new Redaction(List.of()).scrub(text)).isEqualTo(text);
  }

  @Test
  void aSecretInAMistakeIsStillHidden() {
    String place = "config/serai.yaml:2: providers.a.api_key: ";
    assertThat(new Redaction(List.of(CANARY)).scrub(place + CANARY + " api_key: other-secret"))
        .isEqualTo(place + Redaction.MARK + " api_key: " + Redaction.MARK);
  }

  @Test
  void aHugeMessageIsCut() throws Exception {
    assertThat(publish(Format.JSON, record("x".repeat(1_000_000))).getFirst())
        .hasSizeLessThan(5_000);
  }

  @Test
  void theLevelsDebugAndTraceApplyToSeraisOwnCodeOnly() throws Exception {
    try (LogSink sink = sink(folder.resolve("levels"))) {
      new AppLog(
              sink,
              LogStyle.of(new LogSettings(LogSettings.Level.TRACE, Format.TEXT, Optional.empty())),
              new Redaction(List.of()),
              InstantSource.system())
          .install();
      Logger.getLogger("dev.serai.test").fine("ours");
      LoggerFactory.getLogger("dev.serai.test").trace("ours in detail");
      Logger.getLogger("org.apache.camel.test").finest("theirs, with a prompt");
      Logger.getLogger("com.example.library").fine("theirs too");
      Logger.getLogger("my-route").info("a step of the operator");
      Logger.getLogger("org.flywaydb.core.test").info("theirs, one line for each migration");
      Logger.getLogger("org.apache.camel.test").warning("important");
    }
    assertThat(String.join("\n", Files.readAllLines(folder.resolve("levels"))))
        .contains("DEBUG ours", "TRACE ours in detail", "a step of the operator", "WARN  important")
        .doesNotContain("theirs");
  }

  private JsonNode json(LogRecord record) throws Exception {
    List<String> lines = publish(Format.JSON, record);
    assertThat(lines).hasSize(1);
    return new JsonMapper().readTree(lines.getFirst());
  }

  private List<String> publish(Format format, LogRecord record) throws Exception {
    Path file = folder.resolve("log-" + format);
    try (LogSink sink = sink(file)) {
      new AppLog(
              sink,
              new LogStyle(format, Level.INFO),
              new Redaction(List.of(CANARY)),
              InstantSource.system())
          .publish(record);
    }
    return Files.readAllLines(file);
  }

  private static LogSink sink(Path file) throws Exception {
    return LogSink.toFile(file, 8, lost -> new byte[0], BackgroundThreads.unreported());
  }

  private static LogRecord record(String message, Object... parameters) {
    LogRecord record = new LogRecord(Level.INFO, message);
    record.setLoggerName("dev.serai.test");
    record.setParameters(parameters);
    return record;
  }
}
