package dev.serai.gateway.edge;

import dev.serai.adapters.netty.DeferredFlush;
import dev.serai.core.http.Reply;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.gateway.edge.body.RequestBody;
import dev.serai.gateway.edge.request.RequestHead;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.Optional;

/**
 * Reads the requests of a connection from what the decoder makes of the socket's bytes.
 *
 * <p>A connection is always in one of five phases:
 *
 * <pre>
 *   HEAD     waits for the head of a request
 *   BODY     collects the body               -> BUSY when it is complete
 *                                            -> UPLOAD when the route of a large form can begin
 *   UPLOAD   the route runs and takes the rest of the body
 *                                            -> BUSY when it is complete
 *                                            -> CLOSING when its reply comes before that
 *   BUSY     the route runs, or its reply is being written
 *                                            -> HEAD when the reply is written (keep-alive)
 *   CLOSING  discards what still arrives     from any phase: refused, failed, or the last reply
 * </pre>
 *
 * <p>A request sent ahead in BUSY (HTTP pipelining) is queued, and the socket is not read. Used on
 * the connection's event loop only.
 */
final class ConnectionReader {
  /** What the connection does now. */
  enum Phase {
    HEAD,
    BODY,
    UPLOAD,
    BUSY,
    CLOSING
  }

  private final EdgeConnection connection;
  private final Channel channel;
  private final CurrentRequest request;
  private final ConnectionWatchdog watchdog;
  private final SentAhead sentAhead;
  private Phase phase = Phase.HEAD;
  private boolean decoded;

  ConnectionReader(EdgeConnection connection, CurrentRequest request, ConnectionWatchdog watchdog) {
    this.connection = connection;
    this.channel = connection.channel();
    this.request = request;
    this.watchdog = watchdog;
    this.sentAhead = new SentAhead(channel);
  }

  Phase phase() {
    return phase;
  }

  /** Whether a request has been read whose reply can be sent. */
  boolean awaitsReply() {
    return phase == Phase.BUSY || phase == Phase.UPLOAD;
  }

  /** Whether the client has sent more before it had its reply. */
  boolean hasMore() {
    return !sentAhead.isEmpty();
  }

  /** Takes a head, or a piece of a body. */
  void read(Object message) {
    decoded = true;
    if (phase == Phase.BUSY || sentAhead.isPumping()) {
      sentAhead.add(message);
    } else {
      accept(message);
    }
  }

  /** There is nothing more to read for now. */
  void readComplete() {
    if (phase == Phase.HEAD && !decoded) {
      watchdog.awaitHead();
    } else if (phase == Phase.BODY) {
      watchdog.awaitBody();
    }
    decoded = false;
  }

  private void accept(Object message) {
    try {
      if (phase != Phase.CLOSING && message instanceof HttpRequest head) {
        begin(head);
      }
      if ((phase == Phase.BODY || phase == Phase.UPLOAD) && message instanceof HttpContent piece) {
        collect(piece);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void begin(HttpRequest message) {
    Optional<Reply.Complete> refusal = request.begin(message);
    if (refusal.isPresent()) {
      connection.refuse(refusal.get());
      return;
    }
    if (request.head().expectsContinue()) {
      connection.transport().askForBody();
    }
    request.count();
    phase = Phase.BODY;
  }

  private void collect(HttpContent piece) {
    watchdog.bodyArrived(piece.content().readableBytes());
    RequestBody arriving = request.body();
    boolean last = piece instanceof LastHttpContent;
    Optional<GatewayProblem> fault =
        piece.decoderResult().isFailure()
            ? Optional.of(RequestHead.malformed())
            : arriving.take(piece);
    if (fault.isPresent()) {
      fail(fault.get());
    } else if (last) {
      bodyEnded(arriving);
    } else if (phase == Phase.BODY && arriving.mayStart()) {
      phase = Phase.UPLOAD;
      connection.run(arriving);
    }
  }

  private void bodyEnded(RequestBody arrived) {
    boolean running = phase == Phase.UPLOAD;
    readBody(true);
    phase = Phase.BUSY;
    arrived.end();
    if (running) {
      watchdog.awaitReply();
    } else {
      connection.run(arrived);
    }
  }

  /** The body cannot go on. If its route runs, the route fails, and writes the reply. */
  void fail(GatewayProblem problem) {
    if (phase == Phase.UPLOAD) {
      readBody(false);
      request.body().fail(problem);
    } else {
      connection.refuse(problem);
    }
  }

  /** Reads the rest of an upload from the socket, or leaves it there. */
  void readBody(boolean on) {
    if (phase == Phase.UPLOAD) {
      channel.config().setAutoRead(on);
      watchdog.awaitBody(on);
    }
  }

  /** The reply is written, and the connection is reused: reads the next request. */
  void next() {
    phase = Phase.HEAD;
    watchdog.awaitRequest();
    DeferredFlush.of(channel);
    sentAhead.pump(() -> phase == Phase.BUSY, this::accept);
  }

  /**
   * Discards what still arrives.
   *
   * @return whether the client may still be sending a body
   */
  boolean discard() {
    boolean sends = phase == Phase.UPLOAD;
    readBody(true);
    phase = Phase.CLOSING;
    return sends;
  }

  /** The connection is closed. */
  void release() {
    phase = Phase.CLOSING;
    sentAhead.release();
  }
}
