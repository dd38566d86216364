package dev.serai.core.call;

import dev.serai.core.cache.CacheUse;
import dev.serai.core.caller.Caller;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.experiment.assigned.AssignedModel;
import dev.serai.core.guard.Guard;
import dev.serai.core.http.Headers;
import dev.serai.core.limit.Hold;
import dev.serai.core.privacy.Placeholders;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.request.ModelRequest;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.Plan;
import dev.serai.core.routing.RoutingCriteria;
import dev.serai.core.surface.Surface;
import dev.serai.core.time.Ticker;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * One model call on its way through the routes: its request, caller, plan, attempts and outcome.
 *
 * <p>It ends exactly once, with {@link #end}: a non-streaming call when its response is there, a
 * streaming call when its stream has ended or was cancelled. Then, in this order, its holds are
 * settled, its trace ends and the actions of its {@link #lifecycle} run. Later events have no
 * effect. Confined to one thread at a time, as the exchange that carries it.
 */
public final class Call {
  /** How a call ended for the caller. */
  public enum Outcome {
    ANSWERED,
    FAILED,
    CANCELLED
  }

  private final String requestId;
  private final ModelRequest asked;
  private ModelRequest request;
  private final Surface surface;
  private final Ticker ticker;
  private final long startNanos;
  private volatile long timeMillis;
  private long endNanos;

  /** Its threads may read it while a hedge is put beside the current attempt. */
  private final List<Attempt> attempts = new CopyOnWriteArrayList<>();

  private final CallLifecycle lifecycle;
  private @Nullable Plan plan;
  private Optional<AssignedModel> assigned = Optional.empty();
  private @Nullable Outcome outcome;
  private Optional<GatewayProblem> problem = Optional.empty();
  private CallTrace trace = CallTrace.NONE;
  private Caller caller = Caller.ANONYMOUS;
  private Headers clientHeaders = Headers.NONE;
  private CallBounds bounds = CallBounds.NONE;
  private RoutingCriteria criteria = RoutingCriteria.NONE;
  private @Nullable Placeholders placeholders;
  private List<Guard> outputGuards = List.of();
  private CacheUse cacheUse = CacheUse.NONE;
  private boolean streaming;
  private boolean withheld;

  public Call(String requestId, ModelRequest request, Surface surface, Ticker ticker) {
    this.requestId = requestId;
    this.asked = request;
    this.request = request;
    this.surface = surface;
    this.ticker = ticker;
    this.startNanos = ticker.nanos();
    this.lifecycle = new CallLifecycle();
  }

  /** As an attempt of {@link HedgedAttempts} or {@link FanOutAttempts} sees the same call. */
  Call(Call whole) {
    requestId = whole.requestId;
    asked = whole.asked;
    request = whole.request;
    surface = whole.surface;
    ticker = whole.ticker;
    startNanos = whole.startNanos;
    timeMillis = whole.timeMillis;
    assigned = whole.assigned;
    attempts.addAll(whole.attempts);
    lifecycle = whole.lifecycle;
    plan = whole.plan;
    trace = whole.trace;
    caller = whole.caller;
    clientHeaders = whole.clientHeaders;
    describe(whole.bounds, whole.criteria);
    placeholders = whole.placeholders == null ? null : whole.placeholders.copy();
    outputGuards = whole.outputGuards;
    cacheUse = whole.cacheUse;
  }

  public String requestId() {
    return requestId;
  }

  /** The request as providers get it: with what the session of the call has before it. */
  public ModelRequest request() {
    return request;
  }

  /** The request as the client sent it, which its surface knows. */
  public ModelRequest asked() {
    return asked;
  }

  /** The chat request as the client sent it. Failures as for {@link #chat}. */
  public ChatRequest askedChat() {
    return chat(asked);
  }

  /** Replaces the request that providers get, before the first attempt. */
  public void recall(ChatRequest withMessages) {
    request = withMessages;
  }

  /**
   * The request of a chat call.
   *
   * @throws IllegalStateException if it is not a chat: the routes are in the wrong order
   */
  public ChatRequest chat() {
    return chat(request);
  }

  private static ChatRequest chat(ModelRequest request) {
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

  /**
   * The time of the call, in milliseconds since 1970: of the clock when this is asked first. Its
   * budgets, price and usage are of this time, so they agree if the clock jumps or a day ends.
   */
  public long timeMillis(InstantSource clock) {
    if (timeMillis == 0) {
      timeMillis = clock.millis();
    }
    return timeMillis;
  }

  /**
   * The candidates in order.
   *
   * @throws IllegalStateException if there is no plan yet: the routes are in the wrong order
   */
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

  /** Lets the call take part in an experiment. */
  public void assign(AssignedModel made) {
    assigned = Optional.of(made);
  }

  /** The variant of the experiment that the call takes part in. */
  public Optional<AssignedModel> assigned() {
    return assigned;
  }

  /**
   * The model name that is planned: of its plan; before there is one, that of its variant, else the
   * one that the request has.
   */
  public String plannedModel() {
    return plan != null ? plan.model() : assigned.map(AssignedModel::model).orElse(request.model());
  }

  /** Who calls; {@link Caller#ANONYMOUS} unless the edge authenticated the caller. */
  public Caller caller() {
    return caller;
  }

  public void setCaller(Caller known) {
    caller = known;
  }

  /** The time and the attempts that the client grants; they only lower those of the settings. */
  public CallBounds bounds() {
    return bounds;
  }

  /** What the client asks of the choice of the model. */
  public RoutingCriteria criteria() {
    return criteria;
  }

  /** Sets what the client grants and asks. */
  public void describe(CallBounds granted, RoutingCriteria asked) {
    bounds = granted;
    criteria = asked;
  }

  /** The header fields of the client's request. They hold its API key. */
  public Headers clientHeaders() {
    return clientHeaders;
  }

  public void setClientHeaders(Headers received) {
    clientHeaders = received;
  }

  /** The placeholders in the requests to providers; empty if they were not searched for values. */
  public Optional<Placeholders> placeholders() {
    return Optional.ofNullable(placeholders);
  }

  public void setPlaceholders(Placeholders made) {
    placeholders = made;
  }

  /** The guards that check the response, so that it has to be read; none by default. */
  public List<Guard> outputGuards() {
    return outputGuards;
  }

  public void setOutputGuards(List<Guard> guards) {
    outputGuards = guards;
  }

  /** What the cache of responses did for the call. */
  public CacheUse cacheUse() {
    return cacheUse;
  }

  public void setCacheUse(CacheUse made) {
    cacheUse = made;
  }

  /** Records spans of this call; {@link CallTrace#NONE} if it is not traced. */
  public CallTrace trace() {
    return trace;
  }

  public void setTrace(CallTrace recorder) {
    trace = recorder;
  }

  /** Begins the next attempt; one that begins after the end of the call ends at once. */
  public Attempt beginAttempt(Candidate candidate) {
    Attempt attempt = new Attempt(candidate, request.operation(), ticker.nanos());
    attempts.add(attempt);
    trace.attemptBegan(this);
    if (outcome != null) {
      attempt.end(attempt.startNanos());
    }
    return attempt;
  }

  /** Every attempt so far, in order; a live view. */
  public List<Attempt> attempts() {
    return attempts;
  }

  /** How many candidates of the plan have been tried; attempts that are repeated do not count. */
  public int candidatesTried() {
    return (int) attempts.stream().filter(attempt -> !attempt.repeated()).count();
  }

  /**
   * The latest attempt.
   *
   * @throws IllegalStateException if there is none yet: the routes are in the wrong order
   */
  public Attempt current() {
    if (attempts.isEmpty()) {
      throw new IllegalStateException("no attempt yet: choose-candidate comes first");
    }
    return attempts.getLast();
  }

  /** A token of the current attempt arrived. */
  public void recordToken() {
    recordFirstPiece();
    current().recordPiece();
  }

  /** The first piece of a response without tokens arrived: embeddings, audio, a file. */
  public void recordFirstPiece() {
    Attempt current = current();
    if (current.firstTokenNanos() == 0) {
      current.recordFirstToken(ticker.nanos());
    }
  }

  /** Records an event of a streamed response, whose end ends the call; ignored after that. */
  public void observe(ChatEvent event) {
    if (outcome == null) {
      ObservedEvents.record(event, this);
    }
  }

  /** Ends the current attempt as failed. */
  public void failAttempt(GatewayProblem why) {
    Attempt current = current();
    current.recordProblem(why);
    current.end(ticker.nanos());
  }

  /** Ends the current attempt, whose whole response is there. The call goes on. */
  void endAttempt() {
    current().end(ticker.nanos());
  }

  /** From here on the call ends with its stream, not with its exchange. */
  public void markStreaming() {
    streaming = true;
  }

  public boolean streaming() {
    return streaming;
  }

  /** The response is not sent because of its content: the caller is still charged for it. */
  public void markWithheld() {
    withheld = true;
  }

  /** Whether the caller is charged for the last attempt: for what was sent, or withheld. */
  public boolean isCharged() {
    boolean copy = assigned.filter(AssignedModel::shadow).isPresent();
    return !copy && (outcome == Outcome.ANSWERED || streaming || withheld);
  }

  /** Settles {@code hold} when this call ends; at once if it has ended. */
  public void hold(Hold hold) {
    lifecycle.hold(hold);
  }

  /** What is to be done in the course of the call. Attempts that run side by side share it. */
  public CallLifecycle lifecycle() {
    return lifecycle;
  }

  /** Ends the call; only the first call has an effect. */
  public void end(Outcome how, Optional<GatewayProblem> why) {
    if (outcome != null) {
      return;
    }
    outcome = how;
    problem = why;
    endNanos = RunningAttempts.end(attempts, ticker.nanos());
    lifecycle.settleHolds(attempts, why);
    trace.ended(this);
    lifecycle.runActions();
  }

  public Optional<Outcome> outcome() {
    return Optional.ofNullable(outcome);
  }

  public Optional<GatewayProblem> problem() {
    return problem;
  }

  /** Nanoseconds from the beginning of the call to its end, or to now if it has not ended. */
  public long elapsedNanos() {
    return (outcome != null && endNanos != 0 ? endNanos : ticker.nanos()) - startNanos;
  }
}
