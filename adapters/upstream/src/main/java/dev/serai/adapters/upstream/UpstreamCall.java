package dev.serai.adapters.upstream;

import dev.serai.core.call.AttemptCarrier;
import dev.serai.core.http.Headers;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.http.Reply;
import dev.serai.core.limit.Hold;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.websocket.WebSocket;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP exchange of one attempt with a provider: its phases, and how it ends.
 *
 * <p>A call goes through phases. It waits for a permit (WAITING), waits for a connection that is
 * being opened (CONNECTING), is sent and waits for the reply (SENT), receives the body (FLOWING)
 * and has ended (ENDED). It may go back from SENT to CONNECTING or WAITING once, if its connection
 * became unusable before a byte of the request was sent. A request that may have been received is
 * never sent again here: that is another attempt, which the retry rules decide on.
 *
 * <p>The {@link IncomingReply} reads the reply, and gives it back here in one piece or as a stream.
 * A body that is read from the client while it is sent is written by a {@link RequestUpload}, also
 * in SENT. The deadlines of the reply begin when all of it was sent.
 *
 * <p>No timer is set for a call. The {@link PoolSweep} calls {@link #check} every tenth of a
 * second, which ends the call when the deadline of its phase has passed or its client has
 * disconnected.
 *
 * <p>The permit of the circuit breakers is settled once, with a success or a failure, or released
 * if nothing is known (the client cancelled, the provider limits its rate).
 *
 * <p>Confined to the event loop of its pool.
 */
final class UpstreamCall implements AttemptCarrier {
  private static final Logger LOG = LoggerFactory.getLogger(UpstreamCall.class);

  /** Receives the outcome of a call, exactly once, on the event loop of the pool. */
  interface Receiver {
    /** Whether the client has disconnected, so that the call must end. */
    boolean isCancelled();

    /** Takes over the hold of the bytes of a reply, before {@link #onReply}. */
    void keep(Hold bytes);

    void onReply(Reply reply);

    void onFailure(GatewayProblem problem);
  }

  /** What a server does not offer says nothing of its health (RFC 9110, section 15.6.2). */
  private static final int NOT_IMPLEMENTED = 501;

  private final LoopPool pool;
  private final ProviderRequest request;
  private final Receiver receiver;
  private final Hold permit;
  private final CallClock clock;
  private int slot = -1;
  private boolean moved;
  private boolean progressed;
  private volatile boolean sent;
  private @Nullable Transport transport;
  private @Nullable RequestUpload upload;
  private @Nullable IncomingReply reply;

  /**
   * @param permit the permit of the circuit breakers; the call settles or releases it
   */
  UpstreamCall(LoopPool pool, ProviderRequest request, Receiver receiver, Hold permit) {
    this.pool = pool;
    this.request = request;
    this.receiver = receiver;
    this.permit = permit;
    this.clock = new CallClock(pool.upstream(), request);
  }

  LoopPool pool() {
    return pool;
  }

  ProviderRequest request() {
    return request;
  }

  boolean ended() {
    return clock.is(CallPhase.ENDED);
  }

  /** The index of this call in the list of the sweep; -1 once it was removed. */
  int slot() {
    return slot;
  }

  void slot(int at) {
    slot = at;
  }

  void startWaiting() {
    clock.enter(CallPhase.WAITING);
  }

  /** Waits for a connection that is being opened for another call. */
  void awaitSharedConnection() {
    clock.enter(CallPhase.CONNECTING);
  }

  /** Waits for a connection that is opened for this call, and aborted if this call ends first. */
  void startConnecting(Transport connector) {
    awaitSharedConnection();
    transport = connector;
  }

  /** Takes a permit for a connection. Safe to call on any thread. */
  void onPermit(Hold granted) {
    try {
      pool.loop().execute(() -> pool.onPermit(this, granted));
    } catch (RejectedExecutionException _) { // the loop has ended, and its calls with it
      granted.release();
    }
  }

  void onSent(Transport carrier) {
    transport = carrier;
    sent = true;
    clock.sent();
  }

  @Override
  public boolean isSent() {
    return sent;
  }

  /** At once if possible: what waits for the end of this call must not wait for its loop too. */
  @Override
  public void abort(GatewayProblem why) {
    if (pool.loop().inEventLoop()) {
      fail(why);
      return;
    }
    try {
      pool.loop().execute(() -> fail(why));
    } catch (RejectedExecutionException closed) {
      LOG.debug("the event loop of an upstream call is closed; the call has ended", closed);
    }
  }

  /** Sends the body of an upload; its head has been flushed. */
  void startUpload(Channel connection, RequestUpload.Framing framing) {
    request
        .upload()
        .ifPresent(
            source -> {
              RequestUpload started = new RequestUpload(source, this, connection, framing);
              upload = started;
              started.start();
            });
  }

  CallClock clock() {
    return clock;
  }

  /** Whether part of the body has not been sent. */
  boolean isUploading() {
    return upload != null && !upload.isComplete();
  }

  void onWritable() {
    if (upload != null) {
      upload.resumeIfWritable();
    }
  }

  /** Whether the call may take another connection: once, and only before its reply began. */
  boolean mayMove() {
    boolean may = !moved && clock.is(CallPhase.SENT);
    moved = true;
    return may;
  }

  /** Takes the head of the reply. */
  void onHead(int status, Headers fields, long contentLength) {
    pool.upstream().recordLatency(clock.nanosSinceSent());
    IncomingReply begun = new IncomingReply(this, status, fields);
    reply = begun;
    begun.begin(contentLength);
  }

  /** The handshake has succeeded; the connection belongs to the WebSocket from now on. */
  void onUpgraded(Headers fields, WebSocket socket) {
    transport = null;
    pool.upstream().recordLatency(clock.nanosSinceSent());
    finish();
    permit.settle(Optional.empty());
    receiver.onReply(new Reply.Upgraded(fields, socket));
  }

  /** Takes some bytes of the body. The buffer still belongs to the connection. */
  void onBody(ByteBuf piece) {
    progressed = true;
    if (reply != null) {
      reply.add(piece);
    }
  }

  /** Marks the end of one read of the socket. */
  void onBatchEnd() {
    if (reply != null) {
      reply.onBatchEnd();
    }
  }

  /** Marks the end of the body. The connection no longer belongs to this call. */
  void onEnd() {
    transport = null;
    if (reply != null) {
      reply.onEnd();
    }
  }

  /** Gives the head of a stream to the receiver. */
  void deliver(Reply.Streaming begun) {
    receiver.onReply(begun);
  }

  /** Ends with a reply that was collected. */
  void complete(int status, Headers headers, ReplyBuffer body) {
    finish();
    report(status);
    if (body.hold() != Hold.NONE) {
      receiver.keep(body.hold());
    }
    receiver.onReply(new Reply.Complete(status, headers, body.toBytes()));
  }

  /** Ends the call with a failure and aborts its transport. Does nothing once it has ended. */
  void fail(GatewayProblem problem) {
    if (ended()) {
      return;
    }
    drop();
    report(problem);
    if (reply == null || !reply.failStream(problem)) {
      receiver.onFailure(problem);
    }
  }

  /**
   * Ends the call because the reader of its stream cancelled.
   *
   * @param why the fault of the stream; empty if the client has disconnected
   */
  void cancel(Optional<GatewayProblem> why) {
    drop();
    why.ifPresentOrElse(this::report, permit::release);
  }

  /** The reader has read the stream to its end. A stream without a token counts as a failure. */
  void onStreamRead() {
    finish();
    if (!permit.hasEnded()) {
      report(UpstreamProblems.incomplete(pool.upstream().name()));
    }
  }

  void onFirstToken() {
    clock.flows();
    permit.settle(Optional.empty());
  }

  void setReading(boolean on) {
    if (transport != null) {
      transport.setReading(on);
    }
  }

  /** Ends the call if its client has disconnected or the deadline of its phase has passed. */
  void check(long now) {
    boolean streams = reply != null && reply.isStream();
    boolean unread = !streams || clock.is(CallPhase.SENT); // once it flows, its reader cancels it
    if (unread && receiver.isCancelled()) {
      fail(UpstreamProblems.disconnected());
      return;
    }
    if (progressed || (reply != null && reply.isPausedByReader())) {
      progressed = false;
      clock.progressed(now);
    }
    clock.lateness(now, streams, upload).ifPresent(this::fail);
  }

  private void drop() {
    Transport carrier = transport;
    transport = null;
    if (reply != null) {
      reply.discard();
    }
    if (clock.is(CallPhase.WAITING)) {
      pool.upstream().permits().leave(this);
    }
    finish();
    if (carrier != null) {
      carrier.abort();
    }
  }

  private void finish() {
    clock.enter(CallPhase.ENDED);
    pool.remove(this);
    if (reply != null) {
      reply.close();
    }
    if (upload != null) {
      upload.close();
    }
  }

  private void report(int code) {
    if (code >= 500 && code != NOT_IMPLEMENTED || code == 408) {
      report(UpstreamProblems.overloaded(pool.upstream().name(), code));
    } else if (code == 429) {
      permit.release();
    } else {
      permit.settle(Optional.empty());
    }
  }

  private void report(GatewayProblem problem) {
    permit.settle(Optional.of(problem));
  }
}
