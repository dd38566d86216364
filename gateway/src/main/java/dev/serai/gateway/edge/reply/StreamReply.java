package dev.serai.gateway.edge.reply;

import dev.serai.adapters.netty.DeferredFlush;
import dev.serai.core.http.ByteStream;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.gateway.edge.request.ClientConnection;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.ArrayDeque;

/**
 * Writes a stream to the client's socket, piece by piece.
 *
 * <p>How bytes flow: the source calls {@link #onPiece} for every piece and {@link #onBatchEnd} when
 * it has no more for now. Pieces are collected; the batch is written as one chunk with one flush,
 * so that many small events cost one system call.
 *
 * <p>How back-pressure works: while the client reads too slowly the source is paused, as {@link
 * SlowClient} says. A source that ignores the pause is cancelled once {@link
 * OngoingReply#MAX_QUEUED} bytes are queued.
 *
 * <p>How it ends, exactly once: by the source ({@link #onEnd}, {@link #onFailure}) or by the client
 * ({@link #cancel}). {@code over} is set then, and every later call has no effect. Runs on the
 * connection's event loop; calls from other threads are moved there.
 */
final class StreamReply implements OngoingReply, ByteStream.Reader {
  /** Maximum bytes of one chunk, unless a single piece is larger. */
  static final int MAX_MERGE = 64 * 1024;

  private static final int CHUNK_FRAME = 12;

  private final ClientConnection connection;
  private final Channel channel;
  private final ByteStream source;
  private final boolean chunked;
  private final SlowClient client;
  private final ArrayDeque<byte[]> pieces = new ArrayDeque<>(4);
  private int pending;
  private boolean flowed = true;
  private boolean over;

  StreamReply(ClientConnection connection, ByteStream source, boolean chunked) {
    this.connection = connection;
    this.channel = connection.channel();
    this.source = source;
    this.chunked = chunked;
    this.client = new SlowClient(connection);
  }

  /**
   * Opens the source. The head has been written but not flushed. Pieces that are available now are
   * flushed at once: the client waits for the first token.
   */
  @Override
  public void start() {
    source.open(this);
    if (!over) {
      write();
      channel.flush();
    }
  }

  @Override
  public void onPiece(byte[] bytes) {
    if (!channel.eventLoop().inEventLoop()) {
      channel.eventLoop().execute(() -> onPiece(bytes));
    } else if (!over) {
      if (pending > 0 && pending + bytes.length > MAX_MERGE) {
        write();
        channel.flush();
        // Not only at the end of the batch: a fast provider sends a megabyte in one batch.
        holdBack();
      }
      pieces.add(bytes);
      pending += bytes.length;
    }
  }

  @Override
  public void onBatchEnd() {
    if (!channel.eventLoop().inEventLoop()) {
      channel.eventLoop().execute(this::onBatchEnd);
    } else if (!over && pending > 0) {
      write();
      if (channel.isWritable()) {
        DeferredFlush.of(channel);
      } else {
        channel.flush();
        holdBack();
      }
    }
  }

  @Override
  public void onEnd() {
    if (!channel.eventLoop().inEventLoop()) {
      channel.eventLoop().execute(this::onEnd);
    } else if (!over) {
      over = true;
      client.release();
      writeLast();
      connection.streamEnded(true);
    }
  }

  @Override
  public void onFailure(GatewayProblem problem) {
    if (!channel.eventLoop().inEventLoop()) {
      channel.eventLoop().execute(() -> onFailure(problem));
    } else if (!over) {
      over = true;
      client.release();
      write();
      connection.streamEnded(false);
    }
  }

  /** The client has disconnected, or reads too slowly. */
  @Override
  public void cancel() {
    if (!over) {
      over = true;
      client.release();
      pieces.clear();
      source.cancel();
    }
  }

  /** The gateway ends the stream: in the stream's own format if that has one for errors. */
  @Override
  public void stop(GatewayProblem why) {
    if (!over) {
      source.abort(why);
      onFailure(why);
    }
  }

  /** The socket's queue has crossed one of its water marks. */
  @Override
  public void writabilityChanged() {
    if (over) {
      return;
    }
    if (client.resumes()) {
      source.resume();
    } else {
      holdBack();
    }
  }

  /** Whether bytes were written since the last call. */
  @Override
  public boolean flowed() {
    boolean before = flowed;
    flowed = false;
    return before;
  }

  /** Sends the keep-alive of the format. Pieces are whole events, so it never splits one. */
  @Override
  public void keepAlive() {
    byte[] filler = over ? new byte[0] : source.keepAlive();
    if (filler.length > 0) {
      onPiece(filler);
      onBatchEnd();
      flowed = false;
    }
  }

  private void holdBack() {
    switch (client.advice()) {
      case GO_ON, WAIT -> {}
      case PAUSE -> source.pause();
      case END -> {
        cancel();
        connection.streamEnded(false);
      }
    }
  }

  private void write() {
    if (pending > 0) {
      flowed = true;
      ByteBuf out = channel.alloc().directBuffer(pending + CHUNK_FRAME);
      drainInto(out);
      channel.write(out, channel.voidPromise());
    }
  }

  private void writeLast() {
    if (pending == 0 && !chunked) {
      return;
    }
    ByteBuf out = channel.alloc().directBuffer(pending + 2 * CHUNK_FRAME);
    if (pending > 0) {
      drainInto(out);
    }
    if (chunked) {
      ReplyWriter.lastChunk(out);
    }
    channel.write(out, channel.voidPromise());
  }

  private void drainInto(ByteBuf out) {
    if (chunked) {
      ReplyWriter.beginChunk(out, pending);
    }
    for (byte[] piece = pieces.poll(); piece != null; piece = pieces.poll()) {
      out.writeBytes(piece);
    }
    if (chunked) {
      ReplyWriter.endLine(out);
    }
    pending = 0;
  }
}
