package dev.serai.adapters.upstream;

import dev.serai.core.http.ProviderRequest;
import dev.serai.core.net.Deadlines;
import dev.serai.core.problem.GatewayProblem;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Knows the phase of a call, since when, and the deadline of each phase. Not thread-safe. */
final class CallClock {
  private final Upstream upstream;
  private final ProviderRequest request;
  private final Deadlines deadlines;
  private CallPhase phase = CallPhase.WAITING;
  private long since;
  private long sentAt;

  CallClock(Upstream upstream, ProviderRequest request) {
    this.upstream = upstream;
    this.request = request;
    this.deadlines = request.deadlines().applyTo(upstream.settings().deadlines());
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
    if (!late(at, deadlines)) {
      return Optional.empty();
    }
    if (phase == CallPhase.WAITING) {
      return Optional.of(UpstreamProblems.poolExhausted(upstream.name()));
    }
    if (sending && !blocked) {
      return Optional.of(UpstreamProblems.slowUpload());
    }
    if (!late(at, request.deadlines().granted(upstream.settings().deadlines()))) {
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
      case FLOWING -> spent > (at.streams ? by.idle() : by.stall()).toNanos() || overTotal;
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
    if (phase == CallPhase.CONNECTING) {
      return "connect";
    }
    if (overTotal(now)) {
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
