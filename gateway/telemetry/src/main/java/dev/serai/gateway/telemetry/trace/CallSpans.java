package dev.serai.gateway.telemetry.trace;

import dev.serai.core.call.Attempt;
import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.fair.rules.Qos;
import dev.serai.core.routing.Decision;
import dev.serai.core.routing.Draw;
import dev.serai.core.routing.Plan;
import dev.serai.gateway.telemetry.CallFacts;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The spans between the server span and those of the attempts: {@code ask} for the call, and below
 * it {@code bandit.select} for the choice of its model and {@code fair.acquire} for each place at a
 * provider; and {@code memory.search} for each search for memory objects. Confined to the thread
 * that carries the call.
 */
final class CallSpans {
  private final Tracer tracer;
  private final Context server;
  private final List<Waiting> waiting = new ArrayList<>(0);
  private @Nullable Span ask;
  private Context parent;
  private long plannedNanos;

  /** The span of an attempt that waits for its place. */
  private record Waiting(Attempt attempt, Span span, long epochNanos) {}

  CallSpans(Tracer tracer, Context server) {
    this.tracer = tracer;
    this.server = server;
    this.parent = server;
  }

  /** An attempt of the call begins: the parent of its span. */
  Context attemptBegins(Call call, long epochNanos) {
    begin(call, epochNanos);
    plannedNanos = plannedNanos == 0 ? epochNanos : plannedNanos;
    return parent;
  }

  private Span begin(Call call, long epochNanos) {
    Span begun = ask;
    if (begun == null) {
      begun = start("ask", server, epochNanos - call.elapsedNanos());
      CallerAttributes.set(begun, call.caller());
      ask = begun;
      parent = Context.root().with(begun);
    }
    return begun;
  }

  private Span start(String name, Context under, long epochNanos) {
    return tracer
        .spanBuilder(name)
        .setParent(under)
        .setStartTimestamp(epochNanos, TimeUnit.NANOSECONDS)
        .startSpan();
  }

  /** The current attempt has asked for a place at its provider. */
  void askedForCapacity(Call call, Qos qos, boolean atOnce, long epochNanos) {
    Span span = start("fair.acquire", parent, epochNanos);
    span.setAttribute(SpanAttributes.FAIR_FAST_PATH, atOnce);
    span.setAttribute(SpanAttributes.FAIR_QOS, qos.label());
    if (atOnce) {
      span.end(epochNanos, TimeUnit.NANOSECONDS);
    } else {
      waiting.add(new Waiting(call.current(), span, epochNanos));
    }
  }

  /** Begins the span of a search for memory objects. */
  Span memorySearch(long epochNanos) {
    return start("memory.search", parent, epochNanos);
  }

  /** The attempt has ended, or its call: if it waited for a place, it got one or was refused. */
  void attemptEnded(Attempt attempt, long epochNanos) {
    waiting.removeIf(
        one -> {
          boolean ended = one.attempt == attempt;
          if (ended) {
            end(one, epochNanos);
          }
          return ended;
        });
  }

  private static void end(Waiting one, long epochNanos) {
    long waited = one.attempt.readyNanos() - one.attempt.startNanos();
    long end = waited > 0 ? one.epochNanos + waited : Math.max(epochNanos, one.epochNanos);
    if (waited <= 0) {
      one.attempt
          .problem()
          .ifPresent(
              why -> one.span.setAttribute(SpanAttributes.ERROR_TYPE, CallFacts.errorType(why)));
      one.span.setStatus(StatusCode.ERROR);
    }
    one.span.end(end, TimeUnit.NANOSECONDS);
  }

  /** The call has ended. */
  void callEnded(Call call, long epochNanos) {
    Span whole = begin(call, epochNanos);
    Optional<Draw> draw = call.hasPlan() ? call.plan().draw() : Optional.empty();
    draw.ifPresent(
        made -> {
          long at = plannedNanos == 0 ? epochNanos : plannedNanos;
          Span span = start("bandit.select", parent, at);
          describe(span, made, call.plan());
          span.end(at, TimeUnit.NANOSECONDS);
        });
    if (call.outcome().filter(Outcome.FAILED::equals).isPresent()) {
      String type = call.problem().map(CallFacts::errorType).orElse("internal_error");
      whole.setAttribute(SpanAttributes.ERROR_TYPE, type);
      whole.setStatus(StatusCode.ERROR);
    }
    whole.end(epochNanos, TimeUnit.NANOSECONDS);
  }

  /** Ends the span of a call that does not go on. */
  void exchangeEnded(long epochNanos) {
    Span begun = ask;
    if (begun != null) {
      begun.end(epochNanos, TimeUnit.NANOSECONDS); // nothing if it has ended
    }
  }

  /**
   * What a bandit has drawn, which the server span has too; its propensity is that of the plan, as
   * in the ledger.
   */
  static void describe(Span span, Draw draw, Plan plan) {
    span.setAttribute(SpanAttributes.BANDIT_STRATEGY, draw.algorithm());
    span.setAttribute(SpanAttributes.BANDIT_CHOICE, draw.explores() ? "explore" : "primary");
    span.setAttribute(SpanAttributes.BANDIT_CLUSTER, draw.cluster());
    plan.decision()
        .map(Decision::propensity)
        .filter(Double::isFinite)
        .ifPresent(known -> span.setAttribute(SpanAttributes.BANDIT_PROPENSITY, known));
  }
}
