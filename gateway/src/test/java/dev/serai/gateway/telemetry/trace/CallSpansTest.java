package dev.serai.gateway.telemetry.trace;

import static dev.serai.gateway.telemetry.trace.OtlpReceiver.attributes;
import static dev.serai.gateway.telemetry.trace.OtlpReceiver.parentId;
import static dev.serai.gateway.telemetry.trace.OtlpReceiver.spanId;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The spans of a call, between the server span and those of its attempts. */
@Timeout(60)
final class CallSpansTest extends TracedGateway {
  @Test
  void theServerSpanSaysHowTheModelWasChosen() throws Exception {
    Files.createDirectories(folder.resolve("config"));
    Files.writeString(
        folder.resolve("config/serai.yaml"),
        """
        models:
          smart: {targets: [openai/gpt-x, openai/gpt-y], strategy: bandit}
          turns: {targets: [openai/gpt-x, openai/gpt-y], strategy: round_robin}
        """);
    start();
    for (String model : List.of("smart", "turns")) {
      assertThat(post(BODY.replace("openai/gpt-x", model) + "}", "").statusCode()).isEqualTo(200);
    }
    stop(7);
    Span select = named("bandit.select");
    assertThat(attributes(select)).containsEntry("bandit.strategy", "pooled");
    assertThat(attributes(select)).containsKeys("bandit.choice", "bandit.cluster");
    assertThat(receiver.spans)
        .filteredOn(span -> span.getName().equals("ask"))
        .hasSize(2)
        .anyMatch(ask -> spanId(ask).equals(parentId(select)));
    List<Map<String, Object>> spans =
        receiver.spans(SpanKind.SPAN_KIND_SERVER).stream()
            .map(OtlpReceiver::attributes)
            .sorted(Comparator.comparing(span -> String.valueOf(span.get("serai.strategy"))))
            .toList();
    assertThat(spans.getFirst())
        .containsEntry("serai.strategy", "bandit")
        .containsEntry("serai.strategy_source", "alias")
        .containsEntry("serai.targets", 2L)
        .containsEntry("bandit.strategy", "pooled")
        .containsEntry("bandit.cluster", "chat")
        .containsEntry("bandit.choice", spans.getFirst().get("serai.choice"));
    assertThat(spans.getLast())
        .containsEntry("serai.strategy", "round_robin")
        .containsEntry("serai.choice", "primary")
        .doesNotContainKey("bandit.strategy");
  }

  @Test
  void aPlaceAtAProviderHasASpan() throws Exception {
    Files.createDirectories(folder.resolve("config"));
    Files.writeString(
        folder.resolve("config/serai.yaml"),
        "fairness: {enabled: true, min_window: 1, first_window: 1, max_window: 1}\n");
    start();
    HttpResponse<InputStream> first =
        client.send(request(BODY + ",\"stream\":true}", ""), BodyHandlers.ofInputStream());
    CompletableFuture<HttpResponse<String>> second =
        client.sendAsync(request(BODY + "}", ""), BodyHandlers.ofString());
    while (!get("/metrics").body().contains("fair_sched_queue_depth 1.0")) {
      LockSupport.parkNanos(2_000_000);
    }
    provider.mayFinish.countDown();
    first.body().readAllBytes();
    assertThat(second.join().statusCode()).isEqualTo(200);
    stop(8);
    List<Span> turns =
        receiver.spans.stream().filter(span -> span.getName().equals("fair.acquire")).toList();
    assertThat(turns)
        .hasSize(2)
        .allMatch(span -> attributes(span).get("fair.qos").equals("silver"))
        .anyMatch(span -> attributes(span).get("fair.fast_path").equals(true))
        .anyMatch(
            span ->
                attributes(span).get("fair.fast_path").equals(false)
                    && span.getEndTimeUnixNano() > span.getStartTimeUnixNano());
  }
}
