package dev.serai.adapters.upstream;

import dev.serai.core.http.Headers;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.http.Reply;
import dev.serai.core.net.Deadlines;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way to a provider and back.
 *
 * <p>It waits for a connection, is sent, gets a head and then a body, which is collected or handed
 * on as it comes. Its lane looks at it every tenth of a second and ends it when a deadline has
 * passed or the caller is gone, so no timer is set for a request. It tells the breaker exactly once
 * what it saw. Confined to the lane's event loop.
 */
final class UpstreamCall {
  /** Who made the request. Told once what came of it, on the lane's event loop. */
  interface Caller {
    /** Whether nobody waits for an answer any more: the hop ends. */
    boolean gone();

    void answered(Reply reply);

    void failed(GatewayProblem problem);
  }

  private enum Phase {
    WAITING,
    CONNECTING,
    SENT,
    FLOWING,
    ENDED
  }

  private final LoopPool lane;
  private final ProviderRequest request;
  private final Caller caller;
  private final int admitted;
  private Phase phase = Phase.WAITING;
  private long since;
  private long sentAt;
  private int slot = -1;
  private boolean judged;
  private boolean retried;
  private boolean moved;
  private @Nullable Transport wire;
  private @Nullable ReplyBuffer whole;
  private @Nullable UpstreamStream stream;
  private int status;
  private Headers headers = Headers.NONE;

  /**
   * @param admitted what the breaker gave
   */
  UpstreamCall(LoopPool lane, ProviderRequest request, Caller caller, int admitted) {
    this.lane = lane;
    this.request = request;
    this.caller = caller;
    this.admitted = admitted;
  }

  LoopPool lane() {
    return lane;
  }

  ProviderRequest request() {
    return request;
  }

  boolean ended() {
    return phase == Phase.ENDED;
  }

  /** Where the lane keeps it among its hops. */
  int slot() {
    return slot;
  }

  void slot(int at) {
    slot = at;
  }

  void waits() {
    phase = Phase.WAITING;
    since = lane.now();
  }

  /** Waits for a connection that another hop has asked for. */
  void follows() {
    phase = Phase.CONNECTING;
    since = lane.now();
  }

  /** Waits for a connection of its own, which it gives up when it ends. */
  void connectsBy(Transport dial) {
    follows();
    wire = dial;
  }

  /** A permit for a connection has been granted; on any thread. */
  void granted() {
    lane.loop().execute(() -> lane.granted(this));
  }

  void sentOn(Transport carrier) {
    wire = carrier;
    phase = Phase.SENT;
    since = lane.now();
    if (sentAt == 0) {
      sentAt = since;
    }
  }

  /** Whether it may be sent once more because its connection was dead before it was used. */
  boolean takeRetry() {
    boolean may = !retried && phase == Phase.SENT;
    retried = true;
    return may;
  }

  /** The head is here. */
  void head(int code, Headers fields, long contentLength) {
    status = code;
    headers = fields;
    lane.upstream().answeredAfter(lane.now() - sentAt);
    if (request.streaming() && code / 100 == 2) {
      UpstreamStream opened = new UpstreamStream(this);
      stream = opened;
      caller.answered(new Reply.Streaming(code, fields, opened));
      return;
    }
    whole = new ReplyBuffer(contentLength, lane.upstream().settings().pool().maxAnswerBytes());
  }

  /** Some bytes of the body; the buffer stays the connection's. */
  void bytes(ByteBuf piece) {
    moved = true;
    if (stream == null && phase == Phase.SENT) {
      phase = Phase.FLOWING;
      since = lane.now();
    }
    if (stream != null) {
      stream.arrived(ByteBufUtil.getBytes(piece));
    } else if (whole != null && !whole.add(piece)) {
      fail(UpstreamProblems.tooLarge(lane.upstream().name()));
    }
  }

  /** One read of the socket is over. */
  void batchEnd() {
    if (stream != null) {
      stream.batchEnd();
    }
  }

  /** The body is complete, and the connection no longer belongs to this hop. */
  void end() {
    wire = null;
    if (stream != null) {
      stream.complete();
    } else if (whole != null) {
      finish();
      judge(status);
      caller.answered(new Reply.Complete(status, headers, whole.toBytes()));
    }
  }

  /** Ends the hop with a failure, its connection too. Does nothing once it has ended. */
  void fail(GatewayProblem problem) {
    if (phase == Phase.ENDED) {
      return;
    }
    drop();
    judge(problem);
    if (stream != null) {
      stream.broke(problem);
    } else {
      caller.failed(problem);
    }
  }

  /**
   * The reader of the stream has left it.
   *
   * @param why what was wrong with it; null if nothing was, and the reader itself is gone
   */
  void cancel(@Nullable GatewayProblem why) {
    drop();
    judge(why);
  }

  /** The stream has been read to its end; without a token it was no answer. */
  void streamRead() {
    finish();
    if (!judged) {
      judgeFailed(UpstreamProblems.brokeOff(lane.upstream().name()));
    }
  }

  void firstToken() {
    if (phase == Phase.SENT) {
      phase = Phase.FLOWING;
      since = lane.now();
    }
    if (!judged) {
      judged = true;
      lane.upstream().breaker().succeeded(admitted);
    }
  }

  void flow(boolean on) {
    if (wire != null) {
      wire.flow(on);
    }
  }

  /** Looks at the deadlines and at the caller. */
  void check(long now) {
    if (stream == null && caller.gone()) {
      fail(new CallerProblem(499, "request_cancelled", "The caller is gone.", Optional.empty()));
      return;
    }
    if (moved || (stream != null && stream.held())) {
      moved = false;
      if (phase == Phase.FLOWING) {
        since = now;
      }
    }
    if (late(now)) {
      fail(
          phase == Phase.WAITING
              ? UpstreamProblems.poolExhausted(lane.upstream().name())
              : UpstreamProblems.timeout(lane.upstream().name()));
    }
  }

  private boolean late(long now) {
    Deadlines deadlines = lane.upstream().settings().deadlines();
    long spent = now - since;
    return switch (phase) {
      case WAITING -> spent > lane.upstream().settings().pool().maxWait().toNanos();
      case CONNECTING -> spent > deadlines.connect().toNanos();
      case SENT ->
          (!request.slow() && spent > deadlines.firstToken().toNanos())
              || overTotal(now, deadlines);
      case FLOWING ->
          spent > (stream == null ? deadlines.stall() : deadlines.idle()).toNanos()
              || overTotal(now, deadlines);
      case ENDED -> false;
    };
  }

  private boolean overTotal(long now, Deadlines deadlines) {
    return now - sentAt > deadlines.total().toNanos();
  }

  private void drop() {
    Transport carrier = wire;
    wire = null;
    if (phase == Phase.WAITING) {
      lane.upstream().gate().leave(this);
    }
    finish();
    if (carrier != null) {
      carrier.abort();
    }
  }

  private void finish() {
    phase = Phase.ENDED;
    lane.remove(this);
  }

  private void judge(int code) {
    if (judged) {
      return;
    }
    if (code >= 500 || code == 408) {
      judgeFailed(UpstreamProblems.unreachable(lane.upstream().name()));
    } else if (code == 429) {
      judgeNothing();
    } else {
      judged = true;
      lane.upstream().breaker().succeeded(admitted);
    }
  }

  private void judge(@Nullable GatewayProblem problem) {
    if (problem instanceof ProviderProblem p && p.fault().countedByBreaker()) {
      judgeFailed(problem);
    } else {
      judgeNothing();
    }
  }

  private void judgeFailed(GatewayProblem why) {
    if (!judged) {
      judged = true;
      lane.upstream().failed(admitted, why);
    }
  }

  private void judgeNothing() {
    if (!judged) {
      judged = true;
      lane.upstream().breaker().released(admitted);
    }
  }
}
