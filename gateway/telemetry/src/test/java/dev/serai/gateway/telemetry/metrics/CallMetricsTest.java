package dev.serai.gateway.telemetry.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.config.telemetry.TracingSettings.Semconv;
import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.caller.Caller;
import dev.serai.core.chat.Usage;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.routing.Candidate;
import dev.serai.gateway.telemetry.SampleCalls;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class CallMetricsTest {
  private static final ProviderProblem SLOW =
      ProviderProblem.of("openai", FailureCause.TIMEOUT, 504).code("timeout").build();

  private final Metrics metrics = new Metrics();
  private final CallMetrics counted =
      new CallMetrics(metrics, SampleCalls.catalogue(), Semconv.V1_41, 3);
  private final SampleCalls calls = new SampleCalls();

  @Test
  void aCallIsCountedUnderTheNamesOfTheConventionsAndOfSerai() {
    counted.settled(calls.answered("openai", "gpt-x"));
    String genAi =
        "gen_ai_operation_name=\"chat\",gen_ai_provider_name=\"openai\",gen_ai_request_model=\"gpt-x\"";
    assertThat(page().lines())
        .contains(
            "gen_ai_client_token_usage_sum{" + genAi + ",gen_ai_token_type=\"input\"} 10.0",
            "gen_ai_client_token_usage_sum{" + genAi + ",gen_ai_token_type=\"output\"} 5.0",
            "gen_ai_client_token_usage_bucket{"
                + genAi
                + ",gen_ai_token_type=\"input\",le=\"16.0\"} 1",
            "gen_ai_client_operation_duration_seconds_count{error_type=\"\"," + genAi + "} 1",
            "gen_ai_client_operation_duration_seconds_bucket{error_type=\"\","
                + genAi
                + ",le=\"0.01\"} 0",
            "gen_ai_client_operation_duration_seconds_bucket{error_type=\"\","
                + genAi
                + ",le=\"0.02\"} 1",
            "llm_tokens_total{kind=\"input\",model=\"gpt-x\",provider=\"openai\"} 10.0",
            "llm_tokens_total{kind=\"output\",model=\"gpt-x\",provider=\"openai\"} 5.0",
            "llm_tokens_total{kind=\"cached\",model=\"gpt-x\",provider=\"openai\"} 4.0",
            "llm_tokens_total{kind=\"reasoning\",model=\"gpt-x\",provider=\"openai\"} 2.0",
            "llm_cost_usd_total{model=\"gpt-x\",provider=\"openai\"} 1.5E-8",
            "serai_calls_total{outcome=\"answered\"} 1.0",
            "serai_attempts_total 1.0");
  }

  @Test
  void callersAreCountedByKeyAndTheirNumberIsBounded() {
    for (int i = 0; i < 300; i++) {
      Call call = calls.answered("openai", "gpt-x");
      call.setCaller(new Caller("acme", "key-" + i, "", ""));
      counted.settled(call);
    }
    assertThat(page().lines())
        .contains(
            "serai_caller_calls_total{key=\"key-0\",tenant=\"acme\"} 1.0",
            "serai_caller_tokens_total{key=\"key-0\",kind=\"input\",tenant=\"acme\"} 10.0",
            "serai_caller_tokens_total{key=\"key-0\",kind=\"output\",tenant=\"acme\"} 5.0",
            "serai_caller_cost_usd_total{key=\"key-0\",tenant=\"acme\"} 1.5E-8",
            "serai_caller_calls_total{key=\"other\",tenant=\"other\"} 100.0");
    assertThat(page().lines().filter(line -> line.startsWith("serai_caller_calls_total{")))
        .hasSize(201);
  }

  @Test
  void aCallerHasNoCostBeforeAPriceIsKnown() {
    counted.settled(calls.answered("openai", "priceless"));
    assertThat(page())
        .contains("serai_caller_calls_total{")
        .doesNotContain("serai_caller_cost_usd_total");
    counted.settled(calls.answered("openai", "gpt-x"));
    assertThat(page()).contains("serai_caller_cost_usd_total{");
  }

  @Test
  void theLatestConventionsHaveCountersAndHistogramsOfTokens() {
    Metrics latest = new Metrics();
    CallMetrics counting = new CallMetrics(latest, SampleCalls.catalogue(), Semconv.LATEST, 3);
    counting.settled(calls.answered("openai", "known"));
    counting.settled(calls.failed("openai", "known", SLOW));
    String tags =
        "gen_ai_operation_name=\"chat\",gen_ai_provider_name=\"openai\",gen_ai_request_model=\"known\"";
    String unknown = "{" + tags + ",gen_ai_token_modality=\"unknown\"} ";
    String client = "gen_ai_client_inference_";
    assertThat(new String(latest.scrape(), StandardCharsets.UTF_8).lines())
        .contains(
            client + "duration_seconds_count{error_type=\"\"," + tags + "} 1",
            client + "duration_seconds_count{error_type=\"timeout\"," + tags + "} 1",
            client + "operation_input_tokens_sum{error_type=\"\"," + tags + "} 10.0",
            client + "operation_output_tokens_count{error_type=\"timeout\"," + tags + "} 1",
            client + "usage_input_tokens_total" + unknown + "10.0",
            client + "usage_output_tokens_total" + unknown + "5.0",
            client + "usage_cache_read_input_tokens_total" + unknown + "4.0",
            client + "usage_cache_write_input_tokens_total" + unknown + "0.0",
            client + "usage_reasoning_output_tokens_total" + unknown + "2.0")
        .noneMatch(line -> line.startsWith("gen_ai_client_operation_"))
        .noneMatch(line -> line.startsWith("gen_ai_client_token_usage"));
  }

  @Test
  void bothWritesTheNamesOfBothVersions() {
    Metrics both = new Metrics();
    new CallMetrics(both, SampleCalls.catalogue(), Semconv.BOTH, 3)
        .settled(calls.answered("openai", "known"));
    assertThat(new String(both.scrape(), StandardCharsets.UTF_8))
        .contains("gen_ai_client_inference_duration_seconds_count")
        .contains("gen_ai_client_operation_duration_seconds_count");
  }

  @Test
  void aStreamHasTimesToFirstTokenAndPerToken() {
    Call call = calls.begin("openai/gpt-x", true);
    call.beginAttempt(new Candidate("openai", "gpt-x"));
    calls.passMillis(30);
    call.recordToken();
    call.markStreaming();
    calls.passMillis(400);
    call.current().recordUsage(Usage.of(1, 21));
    call.end(Outcome.ANSWERED, Optional.empty());
    counted.settled(call);
    assertThat(value("gen_ai_server_time_to_first_token_seconds_sum")).isEqualTo(0.03);
    assertThat(value("gen_ai_client_operation_time_to_first_chunk_seconds_sum")).isEqualTo(0.03);
    assertThat(value("gen_ai_server_time_per_output_token_seconds_sum")).isEqualTo(0.02);
  }

  @Test
  void aFailoverShowsBothAttempts() {
    Call call = calls.begin("fast", false);
    call.beginAttempt(new Candidate("openai", "known"));
    call.failAttempt(SLOW);
    call.beginAttempt(new Candidate("other", "known"));
    call.end(Outcome.ANSWERED, Optional.empty());
    counted.settled(call);
    assertThat(value("serai_attempts_total")).isEqualTo(2);
    assertThat(value("serai_failovers_total")).isEqualTo(1);
    assertThat(page())
        .contains(
            "gen_ai_client_operation_duration_seconds_count{error_type=\"timeout\","
                + "gen_ai_operation_name=\"chat\",gen_ai_provider_name=\"openai\"");
  }

  @Test
  void problemsAreCountedByABoundedNumberOfCodes() {
    counted.shown(CallerProblem.unknownModel("x"));
    counted.shown(CallerProblem.unknownModel("y"));
    for (int i = 0; i < 500; i++) {
      counted.shown(ProviderProblem.of("p", FailureCause.REFUSED, 400).code("Code-" + i).build());
    }
    assertThat(value("error_code_model_not_found_total")).isEqualTo(2);
    assertThat(value("error_code_code_1_total")).isEqualTo(1);
    assertThat(page().lines().filter(line -> line.startsWith("error_code_")).count())
        .isLessThanOrEqualTo(65);
    assertThat(value("error_code_other_total")).isGreaterThan(400);
  }

  @Test
  void theNumberOfModelLabelsIsBounded() {
    for (int i = 0; i < 200; i++) {
      counted.settled(calls.answered("openai", "model-" + i));
    }
    assertThat(value("llm_tokens_total{kind=\"input\",model=\"other\",provider=\"openai\"}"))
        .isEqualTo(197 * 10);
    assertThat(page().lines().filter(line -> line.startsWith("llm_cost_usd_total")).count())
        .isLessThanOrEqualTo(5);
  }

  @Test
  void aModelThatNeverRespondedGetsNoLabel() {
    for (int i = 0; i < 50; i++) {
      counted.settled(calls.failed("openai", "made-up-" + i, SLOW));
    }
    counted.settled(calls.answered("openai", "gpt-x"));
    assertThat(page()).doesNotContain("made-up").contains("model=\"gpt-x\"");
  }

  @Test
  void theNumberOfProviderLabelsIsBounded() {
    for (int i = 0; i < 300; i++) {
      counted.settled(calls.failed("provider-" + i, "m", SLOW));
    }
    assertThat(
            page()
                .lines()
                .filter(line -> line.startsWith("llm_tokens_total{kind=\"input\""))
                .count())
        .isLessThanOrEqualTo(65);
  }

  @Test
  void valuesOfOtherClassesAreReadWhenThePageIsWritten() {
    AtomicInteger flying = new AtomicInteger(3);
    metrics.gauge("serai.calls.in.flight", "Calls that run", Map.of("a", "b"), flying::get);
    metrics.counter("serai.log.dropped", "Lines lost", Map.of(), flying::get);
    assertThat(value("serai_calls_in_flight{a=\"b\"}")).isEqualTo(3);
    flying.set(5);
    System.gc();
    assertThat(value("serai_calls_in_flight{a=\"b\"}")).isEqualTo(5);
    assertThat(value("serai_log_dropped_total")).isEqualTo(5);
  }

  @Test
  void thePageShowsTheJvmAndTheProcess() {
    assertThat(sum("jvm_memory_used_bytes{area=\"heap\"")).isPositive();
    assertThat(value("jvm_threads_live_threads")).isPositive();
    assertThat(value("process_files_open_files")).isPositive();
    assertThat(value("process_cpu_seconds_total")).isPositive();
    assertThat(value("netty_allocator_memory_used_bytes{memory_type=\"direct\"}")).isNotNegative();
    assertThat(page()).contains("jvm_gc_memory_allocated_bytes_total", "process_cpu_usage");
  }

  /**
   * The sum over all series of one prefix: a single pool of the heap is empty after a collection.
   */
  private double sum(String series) {
    return page()
        .lines()
        .filter(line -> line.startsWith(series))
        .mapToDouble(CallMetricsTest::number)
        .sum();
  }

  private static double number(String line) {
    return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
  }

  private double value(String series) {
    return page()
        .lines()
        .filter(line -> line.startsWith(series) && !line.startsWith("#"))
        .mapToDouble(CallMetricsTest::number)
        .findFirst()
        .orElseThrow(() -> new AssertionError(series + " is not in\n" + page()));
  }

  private String page() {
    return new String(metrics.scrape(), StandardCharsets.UTF_8);
  }
}
