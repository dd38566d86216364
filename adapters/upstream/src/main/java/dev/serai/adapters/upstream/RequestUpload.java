package dev.serai.adapters.upstream;

import dev.serai.core.http.ByteStream;
import dev.serai.core.http.Upload;
import dev.serai.core.problem.GatewayProblem;
import io.netty.channel.Channel;

/**
 * Writes a request's body to the provider's connection while it is read from the client. While the
 * provider takes nothing, the client is not read. Confined to the event loop of the connection.
 */
final class RequestUpload implements ByteStream.Reader {
  /** How a connection frames the pieces of a body. */
  interface Framing {
    Object piece(byte[] bytes);

    Object end();
  }

  private final Upload source;
  private final UpstreamCall call;
  private final Channel channel;
  private final Framing framing;
  private boolean blocked;
  private boolean over;
  private boolean complete;

  RequestUpload(Upload source, UpstreamCall call, Channel channel, Framing framing) {
    this.source = source;
    this.call = call;
    this.channel = channel;
    this.framing = framing;
  }

  /** Begins, once the head of the request has been flushed. */
  void start() {
    source.open(this);
  }

  /** Whether it waits for the provider, not for the client. */
  boolean isBlocked() {
    return blocked;
  }

  /** Whether all of the body has been written. */
  boolean isComplete() {
    return complete;
  }

  @Override
  public void onPiece(byte[] bytes) {
    if (over) {
      return;
    }
    channel.write(framing.piece(bytes));
    if (!channel.isWritable()) {
      channel.flush();
      if (!channel.isWritable() && !blocked) {
        blocked = true;
        call.clock().uploading();
        source.pause();
      }
    }
  }

  @Override
  public void onBatchEnd() {
    channel.flush();
  }

  @Override
  public void onEnd() {
    if (!over) {
      over = true;
      complete = true;
      channel.writeAndFlush(framing.end());
      call.clock().uploaded();
    }
  }

  /** The client is too slow or has disconnected, or its body is malformed. */
  @Override
  public void onFailure(GatewayProblem problem) {
    if (!over) {
      over = true;
      call.fail(problem);
    }
  }

  /** The connection takes bytes again. */
  void resumeIfWritable() {
    if (blocked && channel.isWritable()) {
      blocked = false;
      call.clock().uploading();
      source.resume();
    }
  }

  /** The call has ended, or its reply has come before the end of the body. */
  void close() {
    if (!over) {
      over = true;
      source.cancel();
    }
  }
}
