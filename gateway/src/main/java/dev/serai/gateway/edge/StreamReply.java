package dev.serai.gateway.edge;

import dev.serai.adapters.netty.DeferredFlush;
import dev.serai.core.http.ByteStream;
import dev.serai.core.problem.GatewayProblem;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.ArrayDeque;

/**
 * Carries a stream's pieces to the client's socket. What arrives in one batch goes out as one chunk
 * and one flush. The socket's own queue is the measure of back-pressure: over its high mark the
 * source is paused, under its low mark it is resumed. Lives on the connection's event loop; calls
 * from elsewhere are moved there.
 */
final class StreamReply implements ByteStream.Reader {
  /** Bytes of one chunk at most, unless a single piece is larger. */
  static final int MAX_MERGE = 64 * 1024;

  /** Bytes that a source which does not listen to {@code pause} may pile up. */
  static final int MAX_QUEUED = 8 * 1024 * 1024;

  private static final int CHUNK_FRAME = 12;

  private final EdgeConnection connection;
  private final Channel channel;
  private final ByteStream source;
  private final boolean chunked;
  private final ArrayDeque<byte[]> pieces = new ArrayDeque<>(4);
  private int pending;
  private boolean paused;
  private boolean flowed = true;
  private boolean over;

  StreamReply(EdgeConnection connection, Channel channel, ByteStream source, boolean chunked) {
    this.connection = connection;
    this.channel = channel;
    this.source = source;
    this.chunked = chunked;
  }

  /**
   * Starts the flow. The head has been written, not flushed. What is there already goes out at
   * once: it is the first token, which is waited for.
   */
  void start() {
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
        // At once: a provider that is fast has a megabyte ready in one batch.
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
      write();
      connection.streamEnded(false);
    }
  }

  /** The client is gone, or is given up. */
  void cancel() {
    if (!over) {
      over = true;
      pieces.clear();
      source.cancel();
    }
  }

  /** The socket's queue has passed one of its marks. */
  void writabilityChanged() {
    if (over) {
      return;
    }
    if (!channel.isWritable()) {
      holdBack();
    } else if (paused) {
      paused = false;
      source.resume();
    }
  }

  /** Whether anything was sent since this was last asked. */
  boolean flowed() {
    boolean said = flowed;
    flowed = false;
    return said;
  }

  /** Sends what its format has for a silent stream: pieces are whole events, so it fits between. */
  void keepAlive() {
    byte[] filler = over ? new byte[0] : source.keepAlive();
    if (filler.length > 0) {
      onPiece(filler);
      onBatchEnd();
      flowed = false;
    }
  }

  private void holdBack() {
    if (channel.isWritable()) {
      return;
    }
    if (!paused) {
      paused = true;
      source.pause();
    } else if (channel.bytesBeforeWritable() > MAX_QUEUED) {
      cancel();
      connection.streamEnded(false);
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
