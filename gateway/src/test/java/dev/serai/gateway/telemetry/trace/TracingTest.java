package dev.serai.gateway.telemetry.trace;

import static dev.serai.gateway.telemetry.trace.OtlpReceiver.attributes;
import static dev.serai.gateway.telemetry.trace.OtlpReceiver.parentId;
import static dev.serai.gateway.telemetry.trace.OtlpReceiver.spanId;
import static dev.serai.gateway.telemetry.trace.OtlpReceiver.traceId;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.context.Context;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A running gateway, a provider, and a receiver that speaks OTLP: what arrives there. */
@Timeout(60)
final class TracingTest extends TracedGateway {
  private static final String CALLERS = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-";

  @Test
  void aRequestHasAServerSpanAndItsAttemptAClientSpan() throws Exception {
    start();
    assertThat(post(BODY + "}", "").statusCode()).isEqualTo(200);
    stop(3);
    Span server = receiver.spans(SpanKind.SPAN_KIND_SERVER).getFirst();
    Span ask = named("ask");
    Span attempt = receiver.spans(SpanKind.SPAN_KIND_CLIENT).getFirst();
    assertThat(receiver.spans).hasSize(3);
    assertThat(server.getName()).isEqualTo("POST /v1/chat/completions");
    assertThat(attributes(server))
        .containsEntry("http.request.method", "POST")
        .containsEntry("http.route", "/v1/chat/completions")
        .containsEntry("http.response.status_code", 200L)
        .containsEntry("serai.attempts", 1L)
        .containsEntry("serai.tenant", "public")
        .doesNotContainKey("serai.key");
    assertThat(attempt.getName()).isEqualTo("chat gpt-x");
    assertThat(parentId(attempt)).isEqualTo(spanId(ask));
    assertThat(parentId(ask)).isEqualTo(spanId(server));
    assertThat(ask.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_UNSET);
    assertThat(attributes(attempt))
        .containsEntry("gen_ai.operation.name", "chat")
        .containsEntry("serai.tenant", "public")
        .containsEntry("gen_ai.provider.name", "openai")
        .containsEntry("gen_ai.request.model", "gpt-x")
        .containsEntry("gen_ai.usage.input_tokens", 11L)
        .containsEntry("gen_ai.request.stream", false)
        .containsEntry("gen_ai.response.model", "gpt-real")
        .containsEntry("gen_ai.response.finish_reasons", List.of("stop"))
        .containsEntry("gen_ai.usage.output_tokens", 7L)
        .containsKey("gen_ai.response.time_to_first_chunk");
    assertThat(receiver.resource)
        .containsEntry("service.name", "gate")
        .containsEntry("deployment.environment.name", "test");
    assertThat(receiver.keys).containsOnly("canary-receiver-key");
    assertThat(provider.traceparents).containsExactly(traceparent(attempt));
  }

  @Test
  void allSpansSayWhoCallsAndWhatTheCallSaysAboutItself() throws Exception {
    Files.createDirectories(folder.resolve("config"));
    Files.writeString(
        folder.resolve("config/serai.yaml"),
        """
        auth:
          keys:
            - {name: shop, key: canary-caller-key-0123456789, tenant: acme, team: web, user: ann, tags: [beta]}
        """);
    start();
    HttpRequest request =
        HttpRequest.newBuilder(request(BODY + "}", ""), (_, _) -> true)
            .header("authorization", "Bearer canary-caller-key-0123456789")
            .header("x-serai-session", "s1")
            .header("x-serai-task-type", "summary")
            .header("x-serai-tags", "night")
            .build();
    assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    stop(3);
    for (Span span : receiver.spans) {
      assertThat(attributes(span))
          .containsEntry("serai.tenant", "acme")
          .containsEntry("serai.team", "web")
          .containsEntry("serai.user", "ann")
          .containsEntry("serai.key", "shop")
          .containsEntry("serai.session", "s1")
          .containsEntry("serai.task_type", "summary")
          .containsEntry("serai.tags", List.of("beta", "night"));
    }
    assertThat(String.join("", receiver.bodies)).doesNotContain("canary-caller-key");
  }

  @ParameterizedTest
  @CsvSource({"v1.41,true,false", "latest,false,true", "both,true,true"})
  void attributesHaveTheNamesOfTheConfiguredVersion(String semconv, boolean old, boolean latest)
      throws Exception {
    Files.createDirectories(folder.resolve("config"));
    Files.writeString(
        folder.resolve("config/serai.yaml"), "tracing: {semconv: \"" + semconv + "\"}\n");
    start();
    post(BODY + "}", "");
    String metrics = get("/metrics").body();
    stop(3);
    Set<String> names = attributes(receiver.spans(SpanKind.SPAN_KIND_CLIENT).getFirst()).keySet();
    assertThat(names.contains("gen_ai.usage.cache_creation.input_tokens")).isEqualTo(old);
    assertThat(names.contains("gen_ai.usage.cache_write.input_tokens")).isEqualTo(latest);
    assertThat(metrics.contains("gen_ai_client_token_usage_sum")).isEqualTo(old);
    assertThat(metrics.contains("gen_ai_client_inference_usage_input_tokens_total"))
        .isEqualTo(latest);
  }

  @Test
  void spansAndLogHaveNoPromptNoResponseAndNoKey() throws Exception {
    start();
    post(BODY + "}", "");
    stop(3);
    String log = Files.readString(folder.resolve("serai.log"));
    assertThat(String.join("", receiver.bodies) + log)
        .contains(traceId(receiver.spans.getFirst()))
        .doesNotContain("secret plan", "the answer", "canary-provider-key", "canary-receiver-key");
  }

  @Test
  void captureContentWritesThePromptToTheSpan() throws Exception {
    environment.put("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT", "true");
    start();
    post(BODY + "}", "");
    stop(3);
    assertThat(attributes(receiver.spans(SpanKind.SPAN_KIND_CLIENT).getFirst()))
        .containsEntry(
            "gen_ai.input.messages",
            "[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"my secret plan\"}]}]");
    assertThat(receiver.bodies).isNotEmpty().noneMatch(body -> body.contains("the answer"));
  }

  @Test
  void theCallersTraceIsContinued() throws Exception {
    start();
    post(BODY + "}", CALLERS + "01");
    stop(3);
    Span server = receiver.spans(SpanKind.SPAN_KIND_SERVER).getFirst();
    assertThat(CALLERS).contains(traceId(server) + "-" + parentId(server));
  }

  @Test
  void anUnsampledRequestIsForwardedAsUnsampled() throws Exception {
    start();
    post(BODY + "}", CALLERS + "00");
    stop(0);
    assertThat(receiver.spans).isEmpty();
    assertThat(provider.traceparents).containsExactly(CALLERS + "00");
  }

  @Test
  void theSamplerCanRefuseARequest() throws Exception {
    environment.put("OTEL_TRACES_SAMPLER", "parentbased_traceidratio");
    environment.put("OTEL_TRACES_SAMPLER_ARG", "0");
    start();
    post(BODY + "}", "");
    stop(0);
    assertThat(receiver.spans).isEmpty();
    assertThat(provider.traceparents.getFirst()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00");
  }

  @Test
  void theSpansOfAStreamEndWithTheStream() throws Exception {
    start();
    HttpRequest request = request(BODY + ",\"stream\":true}", "");
    HttpResponse<InputStream> reply = client.send(request, BodyHandlers.ofInputStream());
    Instant finishing;
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(reply.body(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).startsWith("data: ");
      finishing = Instant.now();
      provider.mayFinish.countDown();
      assertThat(lines.lines()).contains("data: [DONE]");
    }
    stop(3);
    assertThat(receiver.spans).hasSize(3);
    for (Span span : receiver.spans) {
      assertThat(Instant.ofEpochSecond(0, span.getEndTimeUnixNano())).isAfter(finishing);
    }
    Map<String, Object> attempt = attributes(receiver.spans(SpanKind.SPAN_KIND_CLIENT).getFirst());
    assertThat(attempt)
        .containsEntry("gen_ai.request.stream", true)
        .containsEntry("gen_ai.response.model", "gpt-real")
        .containsEntry("gen_ai.usage.output_tokens", 2L)
        .containsEntry("gen_ai.response.finish_reasons", List.of("stop"));
  }

  @Test
  void aFailedAttemptHasItsErrorType() throws Exception {
    provider.status = 400;
    start();
    assertThat(post(BODY + "}", "").statusCode()).isEqualTo(400);
    stop(3);
    Span attempt = receiver.spans(SpanKind.SPAN_KIND_CLIENT).getFirst();
    assertThat(attempt.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
    assertThat(attributes(attempt)).containsEntry("error.type", "refused");
    assertThat(attributes(named("ask"))).containsEntry("error.type", "refused");
    assertThat(attributes(receiver.spans(SpanKind.SPAN_KIND_SERVER).getFirst()))
        .containsEntry("http.response.status_code", 400L)
        .containsEntry("error.type", "refused");
  }

  @Test
  void callsOnOneEventLoopHaveSeparateTraces() throws Exception {
    start();
    List<CompletableFuture<HttpResponse<String>>> running = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      running.add(client.sendAsync(request(BODY + "}", ""), BodyHandlers.ofString()));
    }
    for (CompletableFuture<HttpResponse<String>> one : running) {
      assertThat(one.join().statusCode()).isEqualTo(200);
    }
    stop(180);
    Map<String, String> servers = new HashMap<>();
    receiver
        .spans(SpanKind.SPAN_KIND_SERVER)
        .forEach(
            span -> {
              assertThat(parentId(span)).isEmpty();
              servers.put(traceId(span), spanId(span));
            });
    Map<String, String> asks = new HashMap<>();
    receiver.spans.stream()
        .filter(span -> span.getName().equals("ask"))
        .forEach(
            span -> {
              assertThat(parentId(span)).isEqualTo(servers.get(traceId(span)));
              asks.put(traceId(span), spanId(span));
            });
    Set<String> sent = new HashSet<>();
    for (Span attempt : receiver.spans(SpanKind.SPAN_KIND_CLIENT)) {
      assertThat(parentId(attempt)).isEqualTo(asks.get(traceId(attempt)));
      sent.add(traceparent(attempt));
    }
    assertThat(servers).hasSize(60);
    assertThat(provider.traceparents).hasSize(60).containsExactlyInAnyOrderElementsOf(sent);
    assertThat(Context.current()).isSameAs(Context.root());
  }

  @Test
  void aBusyReceiverIsRetried() throws Exception {
    receiver.refusals.set(1);
    start();
    post(BODY + "}", "");
    stop(3);
    assertThat(receiver.spans).hasSize(3);
  }

  @Test
  void healthAndMetricsAreNotTraced() throws Exception {
    start();
    for (String path : List.of("/health/live", "/healthz", "/metrics")) {
      assertThat(get(path).statusCode()).isEqualTo(200);
    }
    assertThat(get("/v1/models/nobody").statusCode()).isEqualTo(404);
    stop(1);
    assertThat(receiver.spans).hasSize(1);
    assertThat(receiver.spans.getFirst().getName()).isEqualTo("GET /v1/models");
  }

  /** Flag 3: sampled, and the trace's id is random. */
  private static String traceparent(Span span) {
    return "00-" + traceId(span) + "-" + spanId(span) + "-03";
  }
}
