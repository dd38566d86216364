package dev.serai.gateway.telemetry.trace;

import dev.serai.config.telemetry.TracingSettings.Semconv;
import dev.serai.core.call.Attempt;
import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.call.CallTrace;
import dev.serai.core.call.HedgeOutcome;
import dev.serai.core.chat.Usage;
import dev.serai.core.experiment.assigned.Assignment;
import dev.serai.core.fair.rules.Qos;
import dev.serai.core.fanout.FanOutResult;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.routing.Decision;
import dev.serai.gateway.telemetry.CallFacts;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapSetter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Records the spans of a traced request: one server span, those of its call, and one client span
 * per attempt.
 *
 * <p>Two attempts may run at the same time, so several spans may be open. The server span ends when
 * both the exchange, which sets the status, and the call have ended; a streamed call ends after its
 * exchange. No span is made current on a thread, since thousands of calls share an event loop.
 * Confined to the thread that carries the call.
 */
final class TracedCall implements CallTrace {
  private static final TextMapSetter<HeaderFields> SETTER =
      (headers, name, value) -> {
        if (headers != null) {
          headers.add(name, value);
        }
      };

  /** What all traced calls share. */
  record Recorder(Tracer tracer, InstantSource clock, boolean capturesContent, Semconv semconv) {}

  private final Recorder recorder;
  private final Span server;
  private final Context parent;
  private final CallSpans spans;
  private final List<Open> open = new ArrayList<>(1);
  private boolean callOpen;
  private boolean exchangeOpen = true;

  /** The span of an attempt that has not been described yet. */
  private record Open(Attempt attempt, Span span, long epochNanos) {}

  TracedCall(Recorder recorder, Span server) {
    this.recorder = recorder;
    this.server = server;
    this.parent = Context.root().with(server);
    this.spans = new CallSpans(recorder.tracer, parent);
  }

  @Override
  public Optional<String> traceId() {
    return Optional.of(server.getSpanContext().getTraceId());
  }

  @Override
  public void attemptBegan(Call call) {
    endAttempts(attempt -> attempt.endNanos() != 0);
    callOpen = true;
    Attempt begun = call.current();
    long epochNanos = epochNanos();
    String model = begun.candidate().model();
    String operation = begun.operation().label();
    Span span =
        recorder
            .tracer
            .spanBuilder(operation + " " + model)
            .setSpanKind(SpanKind.CLIENT)
            .setParent(spans.attemptBegins(call, epochNanos))
            .setStartTimestamp(epochNanos, TimeUnit.NANOSECONDS)
            .setAttribute(SpanAttributes.OPERATION, operation)
            .setAttribute(SpanAttributes.PROVIDER, begun.candidate().provider())
            .setAttribute(SpanAttributes.REQUEST_MODEL, model)
            .setAttribute(SpanAttributes.STREAM, call.request().streaming())
            .startSpan();
    CallerAttributes.set(span, call.caller());
    open.add(new Open(begun, span, epochNanos));
  }

  @Override
  public void askedForCapacity(Call call, Qos qos, boolean atOnce) {
    spans.askedForCapacity(call, qos, atOnce, epochNanos());
  }

  @Override
  public void searchedMemory(long nanos, int found, Optional<GatewayProblem> problem) {
    Span span = spans.memorySearch(epochNanos() - nanos);
    span.setAttribute(SpanAttributes.MEMORY_FOUND, (long) found);
    problem.ifPresent(why -> describe(span, why));
    span.end(epochNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void propagate(Call call, HeaderFields headers) {
    Context context = parent;
    for (Open one : open) {
      context = one.attempt == call.current() ? Context.root().with(one.span) : context;
    }
    W3CTraceContextPropagator.getInstance().inject(context, headers, SETTER);
  }

  @Override
  public void ended(Call call) {
    describe(call);
    endAttempts(_ -> true);
    spans.callEnded(call, epochNanos());
    callOpen = false;
    if (!exchangeOpen) {
      server.end();
    }
  }

  /** Ends the exchange: sets the status and, unless the call goes on, ends the server span. */
  void exchangeDone(int status, boolean callGoesOn) {
    exchangeOpen = false;
    server.setAttribute(SpanAttributes.STATUS, (long) status);
    if (status >= 500) {
      server.setAttribute(SpanAttributes.ERROR_TYPE, Integer.toString(status));
      server.setStatus(StatusCode.ERROR);
    }
    if (!(callOpen && callGoesOn)) {
      endAttempts(_ -> true);
      spans.exchangeEnded(epochNanos());
      server.end();
    }
  }

  private void describe(Call call) {
    server.setAttribute(SpanAttributes.ATTEMPTS, (long) call.attempts().size());
    HedgeOutcome.of(call)
        .ifPresent(hedge -> server.setAttribute(SpanAttributes.HEDGE, hedge.label()));
    call.lifecycle().fanOut().ifPresent(this::describe);
    CallerAttributes.set(server, call.caller());
    if (!call.lifecycle().prompt().isEmpty()) {
      server.setAttribute(SpanAttributes.PROMPT, call.lifecycle().prompt());
    }
    if (call.hasPlan()) {
      server.setAttribute(SpanAttributes.PLAN, call.plan().reason());
      call.plan().decision().ifPresent(this::describe);
      call.plan().draw().ifPresent(draw -> CallSpans.describe(server, draw, call.plan()));
      call.plan().assignment().ifPresent(this::describe);
    }
    if (call.outcome().filter(Outcome.FAILED::equals).isPresent()) {
      server.setAttribute(
          SpanAttributes.ERROR_TYPE,
          call.problem().map(CallFacts::errorType).orElse("internal_error"));
    }
    describeInput(call);
  }

  private void describe(FanOutResult made) {
    server.setAttribute(SpanAttributes.FAN_OUT, made.aggregation().label());
    server.setAttribute(SpanAttributes.RESPONSES, (long) made.responses());
    if (made.agreement().isPresent()) {
      server.setAttribute(SpanAttributes.AGREEMENT, made.agreement().getAsDouble());
    }
    if (made.score().isPresent()) {
      server.setAttribute(SpanAttributes.SCORE, made.score().getAsDouble());
    }
  }

  private void describe(Decision decision) {
    server.setAttribute(SpanAttributes.STRATEGY, decision.strategy());
    server.setAttribute(SpanAttributes.STRATEGY_SOURCE, decision.source().label());
    server.setAttribute(SpanAttributes.CHOICE, decision.choice().label());
    server.setAttribute(SpanAttributes.TARGETS, (long) decision.targets().size());
  }

  private void describe(Assignment assignment) {
    server.setAttribute(SpanAttributes.EXPERIMENT, assignment.experiment());
    server.setAttribute(SpanAttributes.VARIANT, assignment.variant());
  }

  private void describeInput(Call call) {
    if (recorder.capturesContent && call.request() instanceof ChatRequest chat) {
      for (Open one : open) {
        one.span.setAttribute(
            SpanAttributes.INPUT_MESSAGES, InputMessages.json(chat.conversation().messages()));
      }
    }
  }

  private void endAttempts(Predicate<Attempt> ended) {
    open.removeIf(
        one -> {
          boolean ends = ended.test(one.attempt);
          if (ends) {
            end(one);
          }
          return ends;
        });
  }

  private void end(Open one) {
    describe(one.span, one.attempt);
    long end = one.attempt.endNanos();
    long nanos = end == 0 ? 0 : Math.max(0, end - one.attempt.startNanos());
    long endEpochNanos = end == 0 ? epochNanos() : one.epochNanos + nanos;
    spans.attemptEnded(one.attempt, endEpochNanos);
    one.span.end(endEpochNanos, TimeUnit.NANOSECONDS);
  }

  private void describe(Span span, Attempt attempt) {
    attempt
        .responseModel()
        .ifPresent(model -> span.setAttribute(SpanAttributes.RESPONSE_MODEL, model));
    attempt.usage().ifPresent(usage -> describe(span, usage));
    attempt
        .finish()
        .ifPresent(
            finish -> span.setAttribute(SpanAttributes.FINISH_REASONS, List.of(finish.raw())));
    describeFirstToken(span, attempt);
    if (!attempt.dropped().isEmpty()) {
      span.setAttribute(SpanAttributes.DROPPED, attempt.dropped());
    }
    attempt.problem().ifPresent(problem -> describe(span, problem));
  }

  private static void describeFirstToken(Span span, Attempt attempt) {
    if (attempt.firstTokenNanos() != 0) {
      long nanos = attempt.firstTokenNanos() - attempt.readyNanos();
      span.setAttribute(SpanAttributes.FIRST_CHUNK, nanos / 1e9);
    }
  }

  private void describe(Span span, Usage usage) {
    span.setAttribute(SpanAttributes.INPUT_TOKENS, usage.input());
    span.setAttribute(SpanAttributes.OUTPUT_TOKENS, usage.output());
    span.setAttribute(SpanAttributes.CACHED_TOKENS, usage.cached());
    span.setAttribute(SpanAttributes.REASONING_TOKENS, usage.reasoning());
    if (recorder.semconv.writesV141()) {
      span.setAttribute(SpanAttributes.CACHE_CREATION_TOKENS, usage.cacheWritten());
    }
    if (recorder.semconv.writesLatest()) {
      span.setAttribute(SpanAttributes.CACHE_WRITE_TOKENS, usage.cacheWritten());
      describeAudio(span, usage);
    }
  }

  private static void describeAudio(Span span, Usage usage) {
    if ((usage.audioInput() | usage.audioOutput()) != 0) {
      span.setAttribute(SpanAttributes.AUDIO_INPUT_TOKENS, usage.audioInput());
      span.setAttribute(SpanAttributes.AUDIO_OUTPUT_TOKENS, usage.audioOutput());
    }
  }

  private static void describe(Span span, GatewayProblem problem) {
    span.setAttribute(SpanAttributes.ERROR_TYPE, CallFacts.errorType(problem));
    span.setStatus(StatusCode.ERROR, problem.code());
  }

  private long epochNanos() {
    Instant now = recorder.clock.instant();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }
}
