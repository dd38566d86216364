package dev.serai.adapters.upstream;

import dev.serai.core.http.ProviderRequest;
import dev.serai.core.net.Deadlines;
import dev.serai.core.problem.GatewayProblem;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Knows the phase of a call, since when, and the deadline of each phase. Not thread-safe. */
final class CallClock {
  /**
   * How long a stream may stay silent once its response is whole. Its end and the usage are written
   * at the same time as the finish reason or right behind it; a provider that is silent for longer
   * does not send them.
   */
  static final Duration END = Duration.ofSeconds(5);

  private final Upstream upstream;
  private final ProviderRequest request;
  private final Deadlines deadlines;
  private final long began;
  private CallPhase phase = CallPhase.WAITING;
  private long since;
  private long sentAt;
  private boolean endExpected;

  CallClock(Upstream upstream, ProviderRequest request) {
    this.upstream = upstream;
    this.request = request;
    this.deadlines = request.deadlines().applyTo(upstream.settings().deadlines());
    this.began = upstream.ticker().nanos();
  }

  boolean is(CallPhase asked) {
    return phase == asked;
  }

  void enter(CallPhase next) {
    phase = next;
    since = upstream.ticker().nanos();
  }

  /** The request, or the head of an upload, was sent. */
  void sent() {
    enter(CallPhase.SENT);
    if (sentAt == 0) {
      sentAt = since;
    }
  }

  /** All of an upload was sent: the deadlines of the reply begin. */
  void uploaded() {
    since = upstream.ticker().nanos();
    sentAt = since;
  }

  /** The provider took more of an upload. */
  void uploading() {
    since = upstream.ticker().nanos();
  }

  long nanosSinceSent() {
    return upstream.ticker().nanos() - sentAt;
  }

  /** The reply has begun. */
  void flows() {
    if (phase == CallPhase.SENT) {
      enter(CallPhase.FLOWING);
    }
  }

  /** Whether only the end of the reply is missing. */
  void expectEnd(boolean expected) {
    endExpected = expected;
  }

  /** More of the reply has arrived, or its reader has paused it. */
  void progressed(long now) {
    if (phase == CallPhase.FLOWING) {
      since = now;
    }
  }

  /**
   * The problem if the deadline of the phase has passed.
   *
   * @param streams whether the reply is streamed
   */
  Optional<GatewayProblem> lateness(long now, boolean streams, @Nullable RequestUpload upload) {
    boolean sending = upload != null && !upload.isComplete();
    boolean blocked = upload != null && upload.isBlocked();
    Moment at = new Moment(now, streams, sending, blocked);
    boolean over = phase != CallPhase.ENDED && isOver(now);
    if (!over && !late(at, deadlines) && !mustEscalate(now)) {
      return Optional.empty();
    }
    if (phase == CallPhase.WAITING) {
      return Optional.of(waitedTooLong(now, over));
    }
    if (sending && !blocked) {
      return Optional.of(UpstreamProblems.slowUpload());
    }
    if (!over && !late(at, request.deadlines().granted(upstream.settings().deadlines()))) {
      return Optional.of(UpstreamProblems.late(upstream.name(), spentMillis(now)));
    }
    String detail = text(now, streams, sending);
    if (!late(at, ofSettings())) {
      return Optional.of(UpstreamProblems.outOfTime(upstream.name(), detail));
    }
    return Optional.of(
        phase == CallPhase.CONNECTING
            ? UpstreamProblems.connectTimeout(upstream.name(), detail)
            : UpstreamProblems.timeout(upstream.name(), detail));
  }

  /** Whether the time of the call has passed, whatever its phases have taken of it. */
  private boolean isOver(long now) {
    return passed(request.deadlines().ofCall(), now);
  }

  /** Whether another candidate is to be asked, since this one has no connection yet. */
  private boolean mustEscalate(long now) {
    return phase == CallPhase.WAITING && passed(request.deadlines().escalation(), now);
  }

  private boolean passed(Optional<Duration> limit, long now) {
    return limit.isPresent() && now - began > limit.get().toNanos();
  }

  private GatewayProblem waitedTooLong(long now, boolean over) {
    if (now - since > upstream.settings().pool().maxWait().toNanos()) {
      return UpstreamProblems.poolExhausted(upstream.name());
    }
    return over
        ? UpstreamProblems.outOfTime(upstream.name(), text(now, false, false))
        : UpstreamProblems.late(upstream.name(), spentMillis(now));
  }

  /** The deadlines of the settings alone: only beyond them the provider is at fault. */
  private Deadlines ofSettings() {
    return request.deadlines().merged().applyTo(upstream.settings().deadlines());
  }

  /** What {@link #lateness} is asked for. */
  private record Moment(long now, boolean streams, boolean sending, boolean blocked) {}

  private boolean late(Moment at, Deadlines by) {
    long spent = at.now - since;
    boolean overTotal = at.now - sentAt > by.total().toNanos();
    return switch (phase) {
      case WAITING -> spent > upstream.settings().pool().maxWait().toNanos();
      case CONNECTING -> spent > by.connect().toNanos();
      case SENT ->
          (at.blocked && spent > by.stall().toNanos())
              || (!at.sending && !request.slow() && spent > by.firstToken().toNanos())
              || overTotal;
      case FLOWING ->
          spent > (at.streams ? by.idle() : by.stall()).toNanos()
              || endExpected && spent > END.toNanos()
              || overTotal;
      case ENDED -> false;
    };
  }

  private long spentMillis(long now) {
    return TimeUnit.NANOSECONDS.toMillis(now - since);
  }

  private String text(long now, boolean streams, boolean sending) {
    String missing = sending ? "no more of the request was taken" : phase.missing(request);
    String deadline = deadline(now, streams, sending);
    return missing
        + " after "
        + spentMillis(now)
        + " ms: the deadline "
        + deadline
        + " has passed, see "
        + request.deadlines().setting(deadline);
  }

  /** The name of the deadline that has passed, as in the settings. */
  private String deadline(long now, boolean streams, boolean sending) {
    if (phase == CallPhase.CONNECTING && !isOver(now)) {
      return "connect";
    }
    if (isOver(now) || overTotal(now)) {
      return "total";
    }
    String piece = streams ? "idle" : "stall";
    String reply = phase == CallPhase.FLOWING ? piece : "first_token";
    return sending ? "stall" : reply;
  }

  private boolean overTotal(long now) {
    return now - sentAt > deadlines.total().toNanos();
  }
}
