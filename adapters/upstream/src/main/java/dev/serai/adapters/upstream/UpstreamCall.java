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
 * on as it comes. Its pool looks at it every tenth of a second and ends it when a deadline has
 * passed or the caller is gone, so no timer is set for a request. It tells the breaker exactly once
 * what it saw. Confined to the pool's event loop.
 */
final class UpstreamCall {
  /** Who made the request. Told once what came of it, on the pool's event loop. */
  interface Receiver {
    /** Whether nobody waits for an answer any more: the call ends. */
    boolean isCancelled();

    void onReply(Reply reply);

    void onFailure(GatewayProblem problem);
  }

  private enum Phase {
    WAITING,
    CONNECTING,
    SENT,
    FLOWING,
    ENDED
  }

  private final LoopPool pool;
  private final ProviderRequest request;
  private final Receiver receiver;
  private final int admitted;
  private Phase phase = Phase.WAITING;
  private long since;
  private long sentAt;
  private int slot = -1;
  private boolean judged;
  private boolean retried;
  private boolean moved;
  private @Nullable Transport transport;
  private @Nullable ReplyBuffer whole;
  private @Nullable UpstreamStream stream;
  private int status;
  private Headers headers = Headers.NONE;

  /**
   * @param admitted what the breaker gave
   */
  UpstreamCall(LoopPool pool, ProviderRequest request, Receiver receiver, int admitted) {
    this.pool = pool;
    this.request = request;
    this.receiver = receiver;
    this.admitted = admitted;
  }

  LoopPool pool() {
    return pool;
  }

  ProviderRequest request() {
    return request;
  }

  boolean ended() {
    return phase == Phase.ENDED;
  }

  /** Where the pool keeps it among its calls. */
  int slot() {
    return slot;
  }

  void slot(int at) {
    slot = at;
  }

  void waits() {
    phase = Phase.WAITING;
    since = pool.now();
  }

  /** Waits for a connection that another call has asked for. */
  void follows() {
    phase = Phase.CONNECTING;
    since = pool.now();
  }

  /** Waits for a connection of its own, which it gives up when it ends. */
  void connectsBy(Transport connector) {
    follows();
    transport = connector;
  }

  /** A permit for a connection has been granted; on any thread. */
  void granted() {
    pool.loop().execute(() -> pool.granted(this));
  }

  void sentOn(Transport carrier) {
    transport = carrier;
    phase = Phase.SENT;
    since = pool.now();
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
    pool.upstream().recordLatency(pool.now() - sentAt);
    if (request.streaming() && code / 100 == 2) {
      UpstreamStream opened = new UpstreamStream(this);
      stream = opened;
      receiver.onReply(new Reply.Streaming(code, fields, opened));
      return;
    }
    whole = new ReplyBuffer(contentLength, pool.upstream().settings().pool().maxAnswerBytes());
  }

  /** Some bytes of the body; the buffer stays the connection's. */
  void bytes(ByteBuf piece) {
    moved = true;
    if (stream == null && phase == Phase.SENT) {
      phase = Phase.FLOWING;
      since = pool.now();
    }
    if (stream != null) {
      stream.arrived(ByteBufUtil.getBytes(piece));
    } else if (whole != null && !whole.add(piece)) {
      fail(UpstreamProblems.tooLarge(pool.upstream().name()));
    }
  }

  /** One read of the socket is over. */
  void batchEnd() {
    if (stream != null) {
      stream.batchEnd();
    }
  }

  /** The body is complete, and the connection no longer belongs to this call. */
  void end() {
    transport = null;
    if (stream != null) {
      stream.complete();
    } else if (whole != null) {
      finish();
      judge(status);
      receiver.onReply(new Reply.Complete(status, headers, whole.toBytes()));
    }
  }

  /** Ends the call with a failure, its connection too. Does nothing once it has ended. */
  void fail(GatewayProblem problem) {
    if (phase == Phase.ENDED) {
      return;
    }
    drop();
    judge(problem);
    if (stream != null) {
      stream.broke(problem);
    } else {
      receiver.onFailure(problem);
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
      judgeFailed(UpstreamProblems.brokeOff(pool.upstream().name()));
    }
  }

  void firstToken() {
    if (phase == Phase.SENT) {
      phase = Phase.FLOWING;
      since = pool.now();
    }
    if (!judged) {
      judged = true;
      pool.upstream().breaker().succeeded(admitted);
    }
  }

  void flow(boolean on) {
    if (transport != null) {
      transport.flow(on);
    }
  }

  /** Looks at the deadlines and at the caller. */
  void check(long now) {
    if (stream == null && receiver.isCancelled()) {
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
              ? UpstreamProblems.poolExhausted(pool.upstream().name())
              : UpstreamProblems.timeout(pool.upstream().name()));
    }
  }

  private boolean late(long now) {
    Deadlines deadlines = pool.upstream().settings().deadlines();
    long spent = now - since;
    return switch (phase) {
      case WAITING -> spent > pool.upstream().settings().pool().maxWait().toNanos();
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
    Transport carrier = transport;
    transport = null;
    if (phase == Phase.WAITING) {
      pool.upstream().permits().leave(this);
    }
    finish();
    if (carrier != null) {
      carrier.abort();
    }
  }

  private void finish() {
    phase = Phase.ENDED;
    pool.remove(this);
  }

  private void judge(int code) {
    if (judged) {
      return;
    }
    if (code >= 500 || code == 408) {
      judgeFailed(UpstreamProblems.unreachable(pool.upstream().name()));
    } else if (code == 429) {
      judgeNothing();
    } else {
      judged = true;
      pool.upstream().breaker().succeeded(admitted);
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
      pool.upstream().failed(admitted, why);
    }
  }

  private void judgeNothing() {
    if (!judged) {
      judged = true;
      pool.upstream().breaker().released(admitted);
    }
  }
}
