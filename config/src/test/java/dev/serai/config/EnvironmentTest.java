package dev.serai.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.config.annotation.Secret;
import dev.serai.config.read.SettingsException;
import dev.serai.config.telemetry.BatchSettings;
import dev.serai.config.telemetry.LogSettings;
import dev.serai.config.telemetry.TracingSettings;
import dev.serai.config.upstream.ProxySettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentTest {
  @TempDir Path path;

  @Test
  void theLogIsSetByItsThreeVariables() {
    LogSettings log =
        load(Map.of("LOG_LEVEL", "WARNING", "LOG_FORMAT", "text", "LOG_FILE", "logs/a.log")).log();

    assertThat(log.level()).isEqualTo(LogSettings.Level.WARN);
    assertThat(log.format()).isEqualTo(LogSettings.Format.TEXT);
    assertThat(log.file()).contains(path.resolve("logs/a.log"));
  }

  @Test
  void debugSetsTheLogLevelUnlessLogLevelIsSet() {
    assertThat(load(Map.of("DEBUG", "1")).log().level()).isEqualTo(LogSettings.Level.DEBUG);
    assertThat(load(Map.of("DEBUG", "false")).log().level()).isEqualTo(LogSettings.Level.INFO);
    assertThat(load(Map.of("DEBUG", "true", "LOG_LEVEL", "error")).log().level())
        .isEqualTo(LogSettings.Level.ERROR);
  }

  @Test
  void anEndpointSwitchesTracesOnAndOpenTelemetrysVariablesAreRead() {
    TracingSettings tracing =
        load(Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318/",
                "OTEL_EXPORTER_OTLP_HEADERS", "authorization=Bearer canary,x=a=b",
                "OTEL_SERVICE_NAME", "edge-1",
                "OTEL_RESOURCE_ATTRIBUTES", "deployment.environment=test",
                "OTEL_TRACES_SAMPLER", "traceidratio",
                "OTEL_TRACES_SAMPLER_ARG", "0.25",
                "OTEL_SEMCONV_STABILITY_OPT_IN", "http,gen_ai_latest_experimental"))
            .tracing();

    assertThat(tracing.on()).isTrue();
    assertThat(tracing.tracesUrl()).contains(URI.create("http://collector:4318/v1/traces"));
    assertThat(tracing.headers())
        .containsEntry("authorization", new Secret("Bearer canary"))
        .containsEntry("x", new Secret("a=b"));
    assertThat(tracing.resourceAttributes()).containsEntry("deployment.environment", "test");
    assertThat(tracing.sampler()).isEqualTo(TracingSettings.Sampler.TRACEIDRATIO);
    assertThat(tracing.sampleRatio()).isEqualTo(0.25);
    assertThat(tracing.semconv()).isEqualTo(TracingSettings.Semconv.LATEST);
    assertThat(tracing.toString()).doesNotContain("canary");
  }

  @Test
  void exportSettingsAreReadFromOpenTelemetrysVariables() {
    TracingSettings tracing =
        load(Map.of(
                "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://collector:4318/traces",
                "OTEL_EXPORTER_OTLP_HEADERS", "authorization=Bearer%20a%2Cb+c",
                "OTEL_EXPORTER_OTLP_TIMEOUT", "3000",
                "OTEL_EXPORTER_OTLP_COMPRESSION", "gzip",
                "OTEL_BSP_SCHEDULE_DELAY", "100",
                "OTEL_BSP_MAX_QUEUE_SIZE", "2048",
                "OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "256",
                "OTEL_BSP_EXPORT_TIMEOUT", "9000",
                "OTEL_PROPAGATORS", "tracecontext,baggage"))
            .tracing();

    assertThat(tracing.tracesUrl()).contains(URI.create("http://collector:4318/traces"));
    assertThat(tracing.headers()).containsEntry("authorization", new Secret("Bearer a,b+c"));
    assertThat(tracing.timeoutMillis()).isEqualTo(3000);
    assertThat(tracing.compression()).isEqualTo(TracingSettings.Compression.GZIP);
    assertThat(tracing.batch()).isEqualTo(new BatchSettings(100, 2048, 256, 9000));
  }

  @Test
  void theExporterNoneSwitchesTracesOff() {
    assertThat(
            load(Map.of("OTEL_TRACES_EXPORTER", "none", "ROUTER_OTLP_ENDPOINT", "http://c:4318"))
                .tracing()
                .on())
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "OTEL_TRACES_EXPORTER,zipkin,otlp",
    "OTEL_PROPAGATORS,b3,tracecontext",
    "OTEL_PROPAGATORS,baggage,tracecontext",
    "OTEL_TRACES_SAMPLER,xray,traceidratio",
    "OTEL_EXPORTER_OTLP_PROTOCOL,http/json,http/protobuf",
    "OTEL_BSP_MAX_EXPORT_BATCH_SIZE,9000,queue",
    "OTEL_EXPORTER_OTLP_CLIENT_KEY,key.pem,set together"
  })
  void anUnsupportedValueIsReportedWithItsVariable(String variable, String value, String allowed) {
    assertThatThrownBy(() -> load(Map.of(variable, value)))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(variable)
        .hasMessageContaining(allowed);
  }

  @Test
  void anIgnoredOpenTelemetryVariableIsReported() {
    Map<String, String> environment =
        Map.of("OTEL_METRICS_EXPORTER", "otlp", "OTEL_SERVICE_NAME", "gate");
    assertThat(SettingsReport.of(load(environment), environment).lines())
        .anyMatch(line -> line.startsWith("not read   OTEL_METRICS_EXPORTER"))
        .noneMatch(line -> line.contains("OTEL_SERVICE_NAME"));
  }

  @Test
  void originsOfPagesAreExactAndAWrongOneIsReportedWithItsVariable() {
    assertThat(
            load(Map.of(
                    "CORS_ORIGINS", "https://app.example,http://localhost:3000,http://[::1]:80"))
                .server()
                .allowedOrigins())
        .containsExactly("https://app.example", "http://localhost:3000", "http://[::1]:80");
    for (String wrong :
        List.of(
            "app.example", "https://app.example/", "https://App.example", "https://*.example")) {
      assertThatThrownBy(() -> load(Map.of("CORS_ORIGINS", wrong)))
          .isInstanceOf(SettingsException.class)
          .hasMessageContaining("such as https://app.example")
          .hasMessageContaining(wrong);
    }
  }

  @Test
  void theRouterVariablesAreAliasesForTracing() {
    assertThat(load(Map.of("ROUTER_OTLP_ENDPOINT", "http://c:4318")).tracing().on()).isTrue();
    assertThat(load(Map.of("ROUTER_ENABLE_TRACING", "1")).tracing().tracesUrl())
        .contains(URI.create("http://localhost:4318/v1/traces"));
    assertThat(
            load(Map.of("ROUTER_ENABLE_TRACING", "false", "ROUTER_OTLP_ENDPOINT", "http://c:4318"))
                .tracing()
                .on())
        .isFalse();
    assertThat(
            load(Map.of("OTEL_SDK_DISABLED", "true", "ROUTER_OTLP_ENDPOINT", "http://c:4318"))
                .tracing()
                .on())
        .isFalse();
  }

  @Test
  void proxyVariablesAreReadInBothCasesAndNotShown() {
    ProxySettings proxy =
        load(Map.of(
                "https_proxy", "http://user:canary@proxy:3128",
                "HTTP_PROXY", "http://proxy:3129",
                "NO_PROXY", "localhost, .internal,10.0.0.1"))
            .upstream()
            .proxy();

    assertThat(proxy.https()).contains(new Secret("http://user:canary@proxy:3128"));
    assertThat(proxy.http()).contains(new Secret("http://proxy:3129"));
    assertThat(proxy.noProxy()).containsExactly("localhost", ".internal", "10.0.0.1");
    assertThat(proxy.toString()).doesNotContain("canary");
  }

  @Test
  void anEmptyVariableCountsAsNotSet() {
    assertThat(load(Map.of("SERVER_PORT", "", "LOG_LEVEL", " ")).server())
        .isEqualTo(ServerSettings.defaults());
  }

  @Test
  void theConsoleAndTheRoutesFolderHaveVariables() {
    Settings settings =
        load(Map.of("SERAI_CONSOLE", "1", "SERAI_CONSOLE_PASSWORD", "canary", "SERAI_ROUTES", "r"));

    assertThat(settings.console().enabled()).isTrue();
    assertThat(settings.console().password()).contains(new Secret("canary"));
    assertThat(settings.routes().folder()).isEqualTo(path.resolve("r"));
    assertThat(settings.toString()).doesNotContain("canary");
  }

  private Settings load(Map<String, String> environment) {
    return Settings.load(environment, path);
  }
}
