package dev.serai.adapters.upstream;

import dev.serai.core.http.Headers;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.http.Reply;
import dev.serai.core.limit.ByteBudget;
import dev.serai.core.limit.Hold;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.websocket.WebSocket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.handler.codec.DecoderException;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP exchange of one attempt with a provider.
 *
 * <p>A call goes through phases. It waits for a permit (WAITING), waits for a connection that is
 * being opened (CONNECTING), is sent and waits for the reply (SENT), receives the body (FLOWING)
 * and has ended (ENDED). It may go back from SENT to CONNECTING or WAITING once, if its connection
 * became unusable before a byte of the request was sent. A request that may have been received is
 * never sent again here: that is another attempt, which the retry rules decide on.
 *
 * <p>A reply is either collected and given to the receiver in one piece, or, if the request asks
 * for a stream and the status is 2xx, given to the receiver with its head as an {@link
 * UpstreamStream}. In a non-streaming reply the first bytes of the body begin FLOWING; in a stream
 * the first token does, which the reader of the stream reports.
 *
 * <p>A body that is read from the client while it is sent is written by a {@link RequestUpload},
 * also in SENT. The deadlines of the reply begin when all of it was sent.
 *
 * <p>No timer is set for a call. Its {@link LoopPool} calls {@link #check} every tenth of a second,
 * which ends the call when the deadline of its phase has passed or its client has disconnected.
 *
 * <p>The permit of the circuit breaker is settled once, with a success or a failure, or released if
 * nothing is known (the client cancelled, the provider limits its rate).
 *
 * <p>Confined to the event loop of its pool.
 */
final class UpstreamCall {
  /** Receives the outcome of a call, exactly once, on the event loop of the pool. */
  interface Receiver {
    /** Whether the client has disconnected, so that the call must end. */
    boolean isCancelled();

    /** Takes over the hold of the bytes of a reply, before {@link #onReply}. */
    void keep(Hold bytes);

    void onReply(Reply reply);

    void onFailure(GatewayProblem problem);
  }

  private final LoopPool pool;
  private final ProviderRequest request;
  private final Receiver receiver;
  private final Hold permit;
  private final CallClock clock;
  private int slot = -1;
  private boolean moved;
  private boolean progressed;
  private @Nullable Transport transport;
  private @Nullable ReplyBuffer complete;
  private @Nullable UpstreamStream stream;
  private @Nullable ContentDecoder decoder;
  private @Nullable RequestUpload upload;
  private int status;
  private long bodyLength;
  private boolean undecided;
  private Headers headers = Headers.NONE;

  /**
   * @param permit the permit of the circuit breaker; the call settles or releases it
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

  /** The index of this call in the list of its pool; -1 once it was removed. */
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
    clock.sent();
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
  void onHead(int code, Headers fields, long contentLength) {
    status = code;
    headers = fields;
    pool.upstream().recordLatency(clock.nanosSinceSent());
    Optional<String> encoding = ContentDecoder.encoding(fields);
    if (encoding.isPresent() && !decompress(encoding.get())) {
      return;
    }
    bodyLength = decoder == null ? contentLength : -1;
    boolean streams = request.streaming() && code / 100 == 2;
    undecided = streams && StreamedReply.mayBeWhole(request, headers);
    if (!undecided) {
      beginBody(!streams);
    }
  }

  /** Collects the body, or gives it to the receiver as a stream. */
  private void beginBody(boolean whole) {
    undecided = false;
    if (whole) {
      UpstreamLimits limits = pool.upstream().settings();
      complete = new ReplyBuffer(bodyLength, limits.pool().maxReplyBytes(), limits.memory());
      return;
    }
    UpstreamStream opened = new UpstreamStream(this);
    stream = opened;
    receiver.onReply(new Reply.Streaming(status, headers, opened));
  }

  /** Prepares for a compressed body; false if the call failed because it cannot be read. */
  private boolean decompress(String encoding) {
    decoder = ContentDecoder.of(encoding).orElse(null);
    headers = ContentDecoder.withoutEncoding(headers);
    if (decoder == null) {
      fail(UpstreamProblems.unknownEncoding(pool.upstream().name()));
    }
    return decoder != null;
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
    if (decoder == null) {
      take(piece);
      return;
    }
    try {
      decoder.decode(piece, this::take);
    } catch (DecoderException e) {
      fail(UpstreamProblems.badCompression(pool.upstream().name()));
    }
  }

  /** Takes some bytes of the plain body; false once the call has ended. */
  private boolean take(ByteBuf piece) {
    if (undecided) {
      beginBody(StreamedReply.isWhole(piece));
    }
    if (stream == null) {
      clock.flows();
    }
    if (stream != null) {
      stream.onBody(ByteBufUtil.getBytes(piece));
    } else if (complete != null && !complete.add(piece)) {
      fail(
          complete.isExhausted()
              ? ByteBudget.exhausted()
              : UpstreamProblems.tooLarge(pool.upstream().name()));
    }
    return !ended();
  }

  /** Marks the end of one read of the socket. */
  void onBatchEnd() {
    if (stream != null) {
      stream.onBatchEnd();
    }
  }

  /** Marks the end of the body. The connection no longer belongs to this call. */
  void onEnd() {
    transport = null;
    if (undecided) {
      beginBody(true);
    }
    if (decoder != null && !decoder.isComplete()) {
      fail(UpstreamProblems.badCompression(pool.upstream().name()));
    } else if (stream != null) {
      stream.onEnd();
    } else if (complete != null) {
      finish();
      report(status);
      if (complete.hold() != Hold.NONE) {
        receiver.keep(complete.hold());
      }
      receiver.onReply(new Reply.Complete(status, headers, complete.toBytes()));
    }
  }

  /** Ends the call with a failure and aborts its transport. Does nothing once it has ended. */
  void fail(GatewayProblem problem) {
    if (ended()) {
      return;
    }
    drop();
    report(problem);
    if (stream != null) {
      stream.onFailure(problem);
    } else {
      receiver.onFailure(problem);
    }
  }

  /**
   * Ends the call because the reader of its stream cancelled.
   *
   * @param why the fault of the stream; null if the client has disconnected
   */
  void cancel(@Nullable GatewayProblem why) {
    drop();
    report(why);
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
    if (stream == null && receiver.isCancelled()) {
      fail(UpstreamProblems.disconnected());
      return;
    }
    if (progressed || (stream != null && stream.isPausedByReader())) {
      progressed = false;
      clock.progressed(now);
    }
    clock.lateness(now, stream != null, upload).ifPresent(this::fail);
  }

  private void drop() {
    Transport carrier = transport;
    transport = null;
    if (complete != null) {
      complete.hold().release();
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
    if (decoder != null) {
      decoder.close();
    }
    if (upload != null) {
      upload.close();
    }
    pool.remove(this);
  }

  private void report(int code) {
    if (code >= 500 || code == 408) {
      report(UpstreamProblems.unreachable(pool.upstream().name(), "status " + code));
    } else if (code == 429) {
      permit.release();
    } else {
      permit.settle(Optional.empty());
    }
  }

  private void report(@Nullable GatewayProblem problem) {
    if (problem == null) {
      permit.release();
    } else {
      permit.settle(Optional.of(problem));
    }
  }
}
