package dev.serai.core.call;

import dev.serai.core.caller.Caller;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.request.ModelRequest;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.Plan;
import dev.serai.core.surface.Surface;
import dev.serai.core.time.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One model call on its way through the routes: what was asked, who is asked, what came of it.
 *
 * <p>Confined to one thread at a time, as the exchange that carries it. It ends exactly once, with
 * {@link #end}: for a whole answer when the answer is there, for a stream when the stream is over,
 * whoever ended it.
 */
public final class Call {
  /** How a call ended, seen from the caller. */
  public enum Outcome {
    ANSWERED,
    FAILED,
    CANCELLED
  }

  private final String requestId;
  private final ModelRequest request;
  private final Surface surface;
  private final Ticker ticker;
  private final long startNanos;
  private final List<Attempt> attempts = new ArrayList<>(2);
  private @Nullable Plan plan;
  private @Nullable Outcome outcome;
  private @Nullable GatewayProblem problem;
  private @Nullable Runnable settlement;
  private CallTrace trace = CallTrace.NONE;
  private Caller caller = Caller.ANONYMOUS;
  private boolean streaming;

  public Call(String requestId, ModelRequest request, Surface surface, Ticker ticker) {
    this.requestId = requestId;
    this.request = request;
    this.surface = surface;
    this.ticker = ticker;
    this.startNanos = ticker.nanos();
  }

  public String requestId() {
    return requestId;
  }

  public ModelRequest request() {
    return request;
  }

  /** The request of a call that is a chat; any other here is a mistake in the routes. */
  public ChatRequest chat() {
    if (request instanceof ChatRequest chat) {
      return chat;
    }
    throw new IllegalStateException("not a chat: " + request.operation().label());
  }

  public Surface surface() {
    return surface;
  }

  public long startNanos() {
    return startNanos;
  }

  /** The plan; calling this before there is one is a mistake in the routes. */
  public Plan plan() {
    if (plan == null) {
      throw new IllegalStateException("no plan yet: plan-attempts comes first");
    }
    return plan;
  }

  public boolean hasPlan() {
    return plan != null;
  }

  public void setPlan(Plan made) {
    plan = made;
  }

  /** Whose call it is; {@link Caller#ANONYMOUS} unless a step found out. */
  public Caller caller() {
    return caller;
  }

  public void setCaller(Caller found) {
    caller = found;
  }

  /** What follows this call with spans; {@link CallTrace#NONE} unless the edge set another. */
  public CallTrace trace() {
    return trace;
  }

  public void setTrace(CallTrace follows) {
    trace = follows;
  }

  /** Begins the next attempt. */
  public Attempt beginAttempt(Candidate candidate) {
    Attempt attempt = new Attempt(candidate, request.operation(), ticker.nanos());
    attempts.add(attempt);
    trace.attemptBegan(this);
    return attempt;
  }

  /** Every attempt so far, in order: a live view. */
  public List<Attempt> attempts() {
    return attempts;
  }

  /** How many candidates of the plan have been asked, whatever number of keys that took. */
  public int candidatesTried() {
    int turns = 0;
    for (Attempt attempt : attempts) {
      turns += attempt.rotated() ? 0 : 1;
    }
    return turns;
  }

  /** The attempt that runs or was the last to run. */
  public Attempt current() {
    if (attempts.isEmpty()) {
      throw new IllegalStateException("no attempt yet: choose-candidate comes first");
    }
    return attempts.getLast();
  }

  /** A token of the current attempt has arrived. */
  public void recordToken() {
    recordFirstPiece();
    current().recordPiece();
  }

  /** The first of an answer has arrived that is not told in tokens: vectors, sound, a file. */
  public void recordFirstPiece() {
    Attempt current = current();
    if (current.firstTokenNanos() == 0) {
      current.recordFirstToken(ticker.nanos());
    }
  }

  /** Keeps what a streamed answer says of itself, and ends the call when the answer ends. */
  public void observe(ChatEvent event) {
    if (event.carriesToken()) {
      recordToken();
    }
    switch (event) {
      case ChatEvent.Started started -> current().recordResponseModel(started.model());
      case ChatEvent.UsageReported reported -> current().recordUsage(reported.usage());
      case ChatEvent.Finished finished -> current().recordFinish(finished.reason());
      case ChatEvent.Dropped dropped -> current().addDropped(List.of(dropped.name()));
      case ChatEvent.Ended _ -> end(Outcome.ANSWERED, Optional.empty());
      case ChatEvent.Failed failed -> {
        failAttempt(failed.problem());
        end(Outcome.FAILED, Optional.of(failed.problem()));
      }
      default -> {}
    }
  }

  /** The current attempt failed. */
  public void failAttempt(GatewayProblem why) {
    Attempt current = current();
    current.recordProblem(why);
    current.end(ticker.nanos());
  }

  /** From here on the call ends with its stream and not with its exchange. */
  public void markStreaming() {
    streaming = true;
  }

  public boolean streaming() {
    return streaming;
  }

  /** Ends the call; only the first time counts. Runs what was left with {@link #onEnd}. */
  public void end(Outcome how, Optional<GatewayProblem> why) {
    if (outcome != null) {
      return;
    }
    outcome = how;
    problem = why.orElse(null);
    if (!attempts.isEmpty()) {
      attempts.getLast().end(ticker.nanos());
    }
    trace.ended(this);
    if (settlement != null) {
      settlement.run();
    }
  }

  public Optional<Outcome> outcome() {
    return Optional.ofNullable(outcome);
  }

  public Optional<GatewayProblem> problem() {
    return Optional.ofNullable(problem);
  }

  /** Has {@code action} run once the call has ended; at once if it has. To be called once. */
  public void onEnd(Runnable action) {
    if (settlement != null) {
      throw new IllegalStateException("settled twice");
    }
    settlement = action;
    if (outcome != null) {
      action.run();
    }
  }

  /** Nanoseconds since the call began, up to its end if it has ended. */
  public long elapsedNanos() {
    long end = attempts.isEmpty() ? 0 : attempts.getLast().endNanos();
    return (outcome != null && end != 0 ? end : ticker.nanos()) - startNanos;
  }
}
