package dev.serai.gateway.telemetry.log;

import dev.serai.core.call.Attempt;
import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.call.CallListener;
import dev.serai.core.caller.Caller;
import dev.serai.core.caller.Identity;
import dev.serai.core.chat.Usage;
import dev.serai.core.http.HeaderRules;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.secret.KeyForms;
import dev.serai.gateway.telemetry.CallFacts;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.logging.Level;

/**
 * Writes one log line per call: model, provider, outcome, tokens, cost and times. Never the text of
 * a prompt or a response, never a key. Thread-safe: every thread writes to a buffer of its own. A
 * call takes well under a microsecond of an event loop.
 */
public final class RequestLog implements CallListener {
  private static final Field REQUEST_ID = Field.of("request_id");
  private static final Field CLIENT_REQUEST_ID = Field.of("client_request_id");
  private static final Field TENANT = Field.of("tenant");
  private static final Field KEY = Field.of("key");
  private static final Field TEAM = Field.of("team");
  private static final Field USER = Field.of("user");
  private static final Field SESSION = Field.of("session");
  private static final Field TASK_TYPE = Field.of("task_type");
  private static final Field TAGS = Field.of("tags");
  private static final Field SURFACE = Field.of("surface");
  private static final Field MODEL = Field.of("model");
  private static final Field PROVIDER = Field.of("provider");
  private static final Field PROVIDER_MODEL = Field.of("provider_model");
  private static final Field ATTEMPTS = Field.of("attempts");
  private static final Field STATUS = Field.of("status");
  private static final Field OUTCOME = Field.of("outcome");
  private static final Field PROBLEM = Field.of("problem");
  private static final Field STREAMING = Field.of("streaming");
  private static final Field TOKENS_IN = Field.of("tokens_in");
  private static final Field TOKENS_OUT = Field.of("tokens_out");
  private static final Field TOKENS_CACHED = Field.of("tokens_cached");
  private static final Field TOKENS_REASONING = Field.of("tokens_reasoning");
  private static final Field COST_USD = Field.of("cost_usd");
  private static final Field DURATION_MS = Field.of("duration_ms");
  private static final Field TTFT_MS = Field.of("ttft_ms");
  private static final Field TRACE_ID = Field.of("trace_id");

  /** Chars of a value that are written: callers choose some of them, such as the model. */
  private static final int MAX_CHARS = 200;

  private final LogSink sink;
  private final ModelCatalogue catalogue;
  private final LogStyle style;
  private final ThreadLocal<LogLine> lines;

  /**
   * @param style its level decides which lines are written: failed calls are warn, others info
   */
  RequestLog(LogSink sink, ModelCatalogue catalogue, LogStyle style, InstantSource clock) {
    this.sink = sink;
    this.catalogue = catalogue;
    this.style = style;
    this.lines = ThreadLocal.withInitial(() -> new LogLine(style.format(), clock));
  }

  @Override
  public void settled(Call call) {
    Outcome outcome = call.outcome().orElse(Outcome.FAILED);
    Level level = outcome == Outcome.FAILED ? Level.WARNING : Level.INFO;
    if (!style.shows(level)) {
      return;
    }
    LogLine line = lines.get().begin(level, "call", MAX_CHARS);
    line.add(REQUEST_ID, call.requestId(), MAX_CHARS);
    call.clientHeaders()
        .first("x-request-id")
        .filter(HeaderRules::isRequestId)
        .ifPresent(id -> line.add(CLIENT_REQUEST_ID, id, MAX_CHARS));
    addCaller(line, call.caller());
    line.add(SURFACE, call.surface().dialect(), MAX_CHARS);
    line.add(MODEL, KeyForms.redacted(call.request().model()), MAX_CHARS);
    addCandidate(line, call);
    line.add(STATUS, CallFacts.status(call));
    line.add(OUTCOME, nameOf(outcome), MAX_CHARS);
    if (outcome == Outcome.FAILED) {
      line.add(PROBLEM, CallFacts.problemCode(call), MAX_CHARS);
    }
    line.add(STREAMING, call.request().streaming());
    addUsageAndTimes(line, call);
    sink.offer(line.end());
  }

  /** Callers without a key all look the same. */
  private static void addCaller(LogLine line, Caller caller) {
    if (!caller.key().isEmpty()) {
      line.add(TENANT, caller.tenant(), MAX_CHARS);
      line.add(KEY, caller.key(), MAX_CHARS);
      Identity identity = caller.identity();
      addGiven(line, TEAM, identity.team());
      addGiven(line, USER, identity.user());
    }
    addGiven(line, SESSION, caller.session());
    addGiven(line, TASK_TYPE, caller.taskType());
    addGiven(line, TAGS, String.join(" ", caller.allTags()));
  }

  private static void addGiven(LogLine line, Field field, String value) {
    if (!value.isEmpty()) {
      line.add(field, value, MAX_CHARS);
    }
  }

  private static void addCandidate(LogLine line, Call call) {
    int attempts = call.attempts().size();
    if (attempts > 0) {
      Attempt last = call.current();
      line.add(PROVIDER, last.candidate().provider(), MAX_CHARS);
      line.add(PROVIDER_MODEL, last.candidate().model(), MAX_CHARS);
    }
    line.add(ATTEMPTS, attempts);
  }

  private void addUsageAndTimes(LogLine line, Call call) {
    if (!call.attempts().isEmpty()) {
      Attempt last = call.current();
      last.usage().ifPresent(usage -> addTokens(line, usage));
      addCost(line, call);
      line.addMillis(DURATION_MS, call.elapsedNanos());
      if (call.streaming() && last.firstTokenNanos() != 0) {
        line.addMillis(TTFT_MS, last.firstTokenNanos() - call.startNanos());
      }
    } else {
      line.addMillis(DURATION_MS, call.elapsedNanos());
    }
    call.trace().traceId().ifPresent(id -> line.add(TRACE_ID, id, MAX_CHARS));
  }

  private static void addTokens(LogLine line, Usage usage) {
    line.add(TOKENS_IN, usage.input());
    line.add(TOKENS_OUT, usage.output());
    line.add(TOKENS_CACHED, usage.cached());
    line.add(TOKENS_REASONING, usage.reasoning());
  }

  private void addCost(LogLine line, Call call) {
    OptionalLong cost = CallFacts.costNanoUsd(call, catalogue);
    if (cost.isPresent()) {
      line.addBillionths(COST_USD, cost.getAsLong());
    } else {
      line.addNull(COST_USD);
    }
  }

  private static String nameOf(Outcome outcome) {
    return switch (outcome) {
      case ANSWERED -> "answered";
      case FAILED -> "failed";
      case CANCELLED -> "cancelled";
    };
  }
}
