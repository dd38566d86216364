package dev.serai.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.e2e.provider.CassetteServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of metrics is one that Prometheus' tools find no fault with. */
class MetricsPageTest {
  @TempDir static Path folder;
  private static CassetteServer provider;
  private static RunningGateway gateway;
  private static Caller caller;

  @BeforeAll
  static void start() {
    provider = CassetteServer.start();
    gateway =
        RunningGateway.in(folder)
            .providersAt(provider.url())
            .settings("tracing: {semconv: both}\n")
            .start();
    caller = new Caller(gateway.url());
    caller.stream("openai/text");
    caller.chat("anthropic/text");
    caller.chat("no-such-model");
  }

  @AfterAll
  static void stop() {
    caller.close();
    gateway.close();
    provider.close();
  }

  @Test
  @Tag("needs-promtool")
  void promtoolHasNoComplaint() throws Exception {
    Path page = Files.writeString(folder.resolve("page"), page());
    Path said = folder.resolve("said");
    Process promtool =
        new ProcessBuilder("promtool", "check", "metrics")
            .redirectInput(page.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    int status = promtool.waitFor();
    assertThat(Files.readString(said)).isEmpty();
    assertThat(status).isZero();
  }

  @Test
  void everyFamilyHasAHelpText() {
    String page = page();
    page.lines()
        .filter(line -> line.startsWith("# TYPE "))
        .map(line -> line.split(" ")[2])
        .forEach(name -> assertThat(page).contains("# HELP " + name + " "));
  }

  @Test
  void theStandardNamesOfProcessAndJvmAreThere() {
    assertThat(page().lines().map(line -> line.replaceAll("[{ ].*", "")))
        .contains(
            "process_cpu_seconds_total",
            "process_open_fds",
            "process_max_fds",
            "process_start_time_seconds",
            "jvm_memory_used_bytes",
            "jvm_gc_collection_seconds_count",
            "jvm_threads_current",
            "jvm_info");
  }

  @Test
  void errorsAreCountedByCodeUnderBothNames() {
    assertThat(page())
        .contains("serai_errors_total{code=\"model_not_found\"} 1.0")
        .contains("error_code_model_not_found_total 1.0");
  }

  @Test
  void aModelWithoutAPriceHasNoCost() {
    assertThat(page())
        .contains("llm_tokens_total{kind=\"input\",model=\"text\",provider=\"openai\"}")
        .doesNotContain("llm_cost_usd_total{model=\"text\"", "serai_caller_cost_usd_total");
  }

  @Test
  void thePageIsCompressedForThoseWhoAcceptIt() throws Exception {
    HttpResponse<byte[]> zipped = fetch("deflate, gzip;q=0.5");
    assertThat(zipped.headers().firstValue("content-encoding")).contains("gzip");
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped.body()))) {
      assertThat(new String(in.readAllBytes(), UTF_8)).contains("serai_calls_total");
    }
    assertThat(fetch("gzip;q=0").headers().firstValue("content-encoding")).isEmpty();
    assertThat(new String(fetch("identity").body(), UTF_8)).contains("serai_calls_total");
  }

  private static String page() {
    return caller.get("/metrics").body();
  }

  private static HttpResponse<byte[]> fetch(String encoding)
      throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI metrics = URI.create(gateway.url() + "/metrics");
      return http.send(
          HttpRequest.newBuilder(metrics).header("accept-encoding", encoding).build(),
          BodyHandlers.ofByteArray());
    }
  }
}
