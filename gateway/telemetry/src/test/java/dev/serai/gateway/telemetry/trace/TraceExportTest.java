package dev.serai.gateway.telemetry.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.config.Settings;
import dev.serai.config.telemetry.TracingSettings;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How spans travel, by OpenTelemetry's own variables. */
@Timeout(60)
final class TraceExportTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir Path folder;

  @Test
  void batchesHaveTheConfiguredSizeAndCompression() throws Exception {
    try (OtlpReceiver receiver = new OtlpReceiver()) {
      send(
          25,
          settings(
              receiver,
              Map.of(
                  "OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "10",
                  "OTEL_BSP_SCHEDULE_DELAY", "600000",
                  "OTEL_EXPORTER_OTLP_COMPRESSION", "gzip")));
      assertThat(receiver.spans).hasSize(25);
      assertThat(receiver.encodings).hasSize(3).containsOnly("gzip");
    }
  }

  @Test
  void spansBeyondTheQueueAreLost() throws Exception {
    try (OtlpReceiver receiver = new OtlpReceiver()) {
      send(
          500,
          settings(
              receiver,
              Map.of(
                  "OTEL_BSP_MAX_QUEUE_SIZE", "20",
                  "OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "20",
                  "OTEL_BSP_SCHEDULE_DELAY", "600000")));
      assertThat(receiver.spans).hasSizeBetween(20, 499);
    }
  }

  @Test
  void aReceiverIsTrustedByTheConfiguredCertificate() throws Exception {
    KeyStore keys = keys();
    Path certificate = pem(keys);
    try (OtlpReceiver receiver = OtlpReceiver.secure(identity(keys))) {
      send(1, settings(receiver, Map.of()));
      assertThat(receiver.spans).isEmpty();
      send(1, settings(receiver, Map.of("OTEL_EXPORTER_OTLP_CERTIFICATE", certificate.toString())));
      assertThat(receiver.spans).hasSize(1);
    }
  }

  @Test
  void aMissingCertificateFileIsReported() throws Exception {
    try (OtlpReceiver receiver = new OtlpReceiver()) {
      TracingSettings settings =
          settings(receiver, Map.of("OTEL_EXPORTER_OTLP_CERTIFICATE", "nowhere.pem"));
      assertThatThrownBy(() -> TraceExport.provider(settings))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("nowhere.pem");
    }
  }

  private TracingSettings settings(OtlpReceiver receiver, Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.url());
    return Settings.load(environment, folder).tracing();
  }

  private static void send(int spans, TracingSettings settings) {
    try (SdkTracerProvider provider = TraceExport.provider(settings)) {
      for (int i = 0; i < spans; i++) {
        provider.get("test").spanBuilder("one").startSpan().end();
      }
      provider.forceFlush().join(30, TimeUnit.SECONDS);
    }
  }

  private KeyStore keys() throws Exception {
    Path file = folder.resolve("keys.p12");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-alias", "a", "-keyalg", "EC", "-dname", "CN=here"));
    command.addAll(List.of("-ext", "san=ip:127.0.0.1", "-storetype", "PKCS12"));
    command.addAll(List.of("-keystore", file.toString(), "-storepass", new String(PASSWORD)));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(keytool.getInputStream().readAllBytes());
    assertThat(keytool.waitFor()).as(output).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD);
    }
    return keys;
  }

  private Path pem(KeyStore keys) throws Exception {
    String body = Base64.getMimeEncoder().encodeToString(keys.getCertificate("a").getEncoded());
    return Files.writeString(
        folder.resolve("receiver.pem"),
        "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n");
  }

  private static SSLContext identity(KeyStore keys) throws Exception {
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }
}
