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
    if (!late(now, streams, sending, blocked)) {
      return Optional.empty();
    }
    if (phase == CallPhase.WAITING) {
      return Optional.of(UpstreamProblems.poolExhausted(upstream.name()));
    }
    return Optional.of(
        sending && !blocked
            ? UpstreamProblems.slowUpload()
            : UpstreamProblems.timeout(upstream.name(), text(now, streams, sending)));
  }

  private boolean late(long now, boolean streams, boolean sending, boolean blocked) {
    long spent = now - since;
    return switch (phase) {
      case WAITING -> spent > upstream.settings().pool().maxWait().toNanos();
      case CONNECTING -> spent > deadlines.connect().toNanos();
      case SENT ->
          (blocked && spent > deadlines.stall().toNanos())
              || (!sending && !request.slow() && spent > deadlines.firstToken().toNanos())
              || overTotal(now);
      case FLOWING ->
          spent > (streams ? deadlines.idle() : deadlines.stall()).toNanos() || overTotal(now);
      case ENDED -> false;
    };
  }

  private String text(long now, boolean streams, boolean sending) {
    String missing = sending ? "no more of the request was taken" : phase.missing(request);
    String deadline = deadline(now, streams, sending);
    return missing
        + " after "
        + TimeUnit.NANOSECONDS.toMillis(now - since)
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
