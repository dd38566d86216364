package dev.serai.adapters.upstream;

import dev.serai.core.http.Headers;
import dev.serai.core.http.Reply;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.problem.GatewayProblem;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The reply to one upstream call, from its head to its end.
 *
 * <p>It is either collected in a {@link ReplyBuffer} and delivered in one piece, or, if the request
 * asks for a stream and the status is 2xx, delivered with its head as an {@link UpstreamStream}. If
 * its media type is not that of a stream, the first bytes of the body decide ({@link
 * StreamedReply}). A compressed body is decompressed first.
 *
 * <p>In a reply that is collected the first bytes of the body begin the phase FLOWING of the call;
 * in a stream the first token does, which the reader of the stream reports.
 *
 * <p>Confined to the event loop of the call.
 */
final class IncomingReply {
  private final UpstreamCall call;
  private final int status;
  private Headers headers;
  private long length = -1;
  private boolean undecided;
  private @Nullable ContentDecoder decoder;
  private @Nullable ReplyBuffer collected;
  private @Nullable UpstreamStream stream;

  IncomingReply(UpstreamCall call, int status, Headers headers) {
    this.call = call;
    this.status = status;
    this.headers = headers;
  }

  /**
   * Begins with the body.
   *
   * @param contentLength negative if it is not announced
   */
  void begin(long contentLength) {
    Optional<String> encoding = ContentDecoder.encoding(headers);
    if (encoding.isPresent() && !decompress(encoding.get())) {
      return;
    }
    length = decoder == null ? contentLength : -1;
    boolean streams = call.request().streaming() && status / 100 == 2;
    undecided = streams && StreamedReply.mayBeWhole(call.request(), headers);
    if (!undecided) {
      beginBody(!streams);
    }
  }

  /** Prepares for a compressed body; false if the call failed because it cannot be read. */
  private boolean decompress(String encoding) {
    Optional<ContentDecoder> known = ContentDecoder.of(encoding);
    headers = ContentDecoder.withoutEncoding(headers);
    known.ifPresentOrElse(
        found -> decoder = found, () -> call.fail(UpstreamProblems.unknownEncoding(provider())));
    return known.isPresent();
  }

  /** Collects the body, or delivers it as a stream. */
  private void beginBody(boolean whole) {
    undecided = false;
    if (whole) {
      UpstreamLimits limits = call.pool().upstream().settings();
      collected = new ReplyBuffer(length, limits.pool().maxReplyBytes(), limits.memory());
      return;
    }
    UpstreamStream opened = new UpstreamStream(call);
    stream = opened;
    call.deliver(new Reply.Streaming(status, headers, opened));
  }

  /** Takes some bytes of the body. The buffer still belongs to the connection. */
  void add(ByteBuf piece) {
    if (decoder == null) {
      take(piece);
      return;
    }
    try {
      decoder.decode(piece, this::take);
    } catch (TooLongFrameException e) {
      call.fail(UpstreamProblems.tooLarge(provider()));
    } catch (DecoderException e) {
      call.fail(UpstreamProblems.badCompression(provider()));
    }
  }

  /** Takes some bytes of the plain body; false once the call has ended. */
  private boolean take(ByteBuf piece) {
    if (undecided) {
      beginBody(StreamedReply.isWhole(piece));
    }
    if (stream != null) {
      stream.onBody(ByteBufUtil.getBytes(piece));
    } else {
      call.clock().flows();
      collect(piece);
    }
    return !call.ended();
  }

  private void collect(ByteBuf piece) {
    if (collected != null && !collected.add(piece)) {
      call.fail(
          collected.isExhausted() ? ByteLimit.exhausted() : UpstreamProblems.tooLarge(provider()));
    }
  }

  /** Marks the end of one read of the socket. */
  void onBatchEnd() {
    if (stream != null) {
      stream.onBatchEnd();
    }
  }

  /** Marks the end of the body. */
  void onEnd() {
    if (undecided) {
      beginBody(true);
    }
    if (decoder != null && !decoder.isComplete()) {
      call.fail(UpstreamProblems.badCompression(provider()));
    } else if (stream != null) {
      stream.onEnd();
    } else if (collected != null) {
      call.complete(status, headers, collected);
    }
  }

  /** Whether it is delivered as a stream. */
  boolean isStream() {
    return stream != null;
  }

  boolean isPausedByReader() {
    return stream != null && stream.isPausedByReader();
  }

  /** Reports a failure to the reader of the stream; false if there is no stream. */
  boolean failStream(GatewayProblem problem) {
    if (stream == null) {
      return false;
    }
    stream.onFailure(problem);
    return true;
  }

  /** The bytes that were collected are not delivered. */
  void discard() {
    if (collected != null) {
      collected.hold().release();
    }
  }

  /** Frees what it needs to read the body. */
  void close() {
    if (decoder != null) {
      decoder.close();
    }
  }

  private String provider() {
    return call.pool().upstream().name();
  }
}
