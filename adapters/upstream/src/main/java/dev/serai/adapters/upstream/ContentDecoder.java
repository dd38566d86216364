package dev.serai.adapters.upstream;

import dev.serai.core.http.Headers;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.compression.JdkZlibDecoder;
import io.netty.handler.codec.compression.ZlibWrapper;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Decompresses the body of a reply whose provider compressed it, although every request says {@code
 * accept-encoding: identity}. Supports gzip and deflate (RFC 9110, section 8.4.1). A body that
 * expands more than any text of a model does is malformed: decompressing it would keep the event
 * loop busy. It is decompressed in small steps, so that this bound and that of its receiver hold
 * after about a megabyte. Confined to one thread; to be closed.
 */
final class ContentDecoder {
  private static final String CONTENT_ENCODING = "content-encoding";
  private static final String CONTENT_LENGTH = "content-length";

  /** Deflate expands at most 1032 times, so that a step yields a megabyte at most. */
  private static final int STEP = 1024;

  /** Plain bytes for each compressed byte; JSON and text expand 5 to 20 times. */
  private static final long MAX_RATIO = 100;

  /** Plain bytes that a body may have whatever its ratio is: short ones can be all blanks. */
  private static final long MAX_UNCHECKED = 1024 * 1024;

  private final JdkZlibDecoder zlib;
  private final EmbeddedChannel channel;
  private long compressed;
  private long plain;

  private ContentDecoder(ZlibWrapper wrapper) {
    zlib = new JdkZlibDecoder(wrapper, 0);
    channel = new EmbeddedChannel(zlib);
  }

  /**
   * The encoding of a reply's body, in lower case; empty if it has none. Of several, all but {@code
   * identity}.
   */
  static Optional<String> encoding(Headers headers) {
    return headers
        .first(CONTENT_ENCODING)
        .map(
            value ->
                Arrays.stream(value.toLowerCase(Locale.ROOT).split(","))
                    .map(String::strip)
                    .filter(one -> !one.isEmpty() && !one.equals("identity"))
                    .collect(Collectors.joining(",")))
        .filter(value -> !value.isEmpty());
  }

  /** A decoder for an encoding; empty if it is not supported. */
  static Optional<ContentDecoder> of(String encoding) {
    return switch (encoding) {
      case "gzip", "x-gzip" -> Optional.of(new ContentDecoder(ZlibWrapper.GZIP));
      case "deflate" -> Optional.of(new ContentDecoder(ZlibWrapper.ZLIB_OR_NONE));
      default -> Optional.empty();
    };
  }

  /**
   * Decompresses some bytes.
   *
   * @param receiver takes each piece, which belongs to this class; false stops
   * @throws TooLongFrameException if they expand too much
   * @throws DecoderException if they are not in the encoding
   */
  void decode(ByteBuf piece, Predicate<ByteBuf> receiver) {
    boolean wanted = true;
    while (wanted && piece.isReadable()) {
      int step = Math.min(STEP, piece.readableBytes());
      compressed += step;
      channel.writeInbound(piece.readRetainedSlice(step));
      wanted = deliver(receiver);
    }
  }

  private boolean deliver(Predicate<ByteBuf> receiver) {
    boolean wanted = true;
    while (wanted && channel.readInbound() instanceof ByteBuf out) {
      try {
        count(out.readableBytes());
        wanted = !out.isReadable() || receiver.test(out);
      } finally {
        out.release();
      }
    }
    return wanted;
  }

  private void count(int bytes) {
    plain += bytes;
    if (plain > MAX_UNCHECKED + MAX_RATIO * compressed) {
      throw new TooLongFrameException("expands more than " + MAX_RATIO + " times");
    }
  }

  /** Whether the body is complete; one without any bytes is. */
  boolean isComplete() {
    return compressed == 0 || zlib.isClosed();
  }

  /** Frees the memory. Does nothing the second time. */
  void close() {
    try {
      channel.finishAndReleaseAll();
    } catch (DecoderException e) {
      channel
          .releaseInbound(); // bytes at the end that are not in the encoding were reported before
    }
  }

  /** The header fields of a reply without those of the compressed body. */
  static Headers withoutEncoding(Headers received) {
    return new Headers() {
      @Override
      public Optional<String> first(String name) {
        return isOfBody(name) ? Optional.empty() : received.first(name);
      }

      @Override
      public void forEach(BiConsumer<String, String> visitor) {
        received.forEach(
            (name, value) -> {
              if (!isOfBody(name)) {
                visitor.accept(name, value);
              }
            });
      }
    };
  }

  private static boolean isOfBody(String name) {
    return name.equalsIgnoreCase(CONTENT_ENCODING) || name.equalsIgnoreCase(CONTENT_LENGTH);
  }
}
