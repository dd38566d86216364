package dev.serai.gateway.edge.http2;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Netty's codec of HTTP/2 frames with every limit set that protects a server. A client that exceeds
 * one of the first kind loses its connection with ENHANCE_YOUR_CALM:
 *
 * <ul>
 *   <li>{@link #MAX_RESETS} streams reset in {@link #SECONDS} seconds ("rapid reset",
 *       CVE-2023-44487), and as many that it makes the gateway reset by breaking the protocol
 *       ("MadeYouReset", CVE-2025-8671)
 *   <li>{@link #MAX_SMALL_CONTINUATIONS} short CONTINUATION frames of one head (CVE-2024-27316)
 *   <li>{@link #MAX_EMPTY_DATA} DATA frames without a byte in sequence (CVE-2019-9518)
 *   <li>{@link #MAX_QUEUED_CONTROL} answers to PING and SETTINGS frames that it does not read
 *       (CVE-2019-9512, CVE-2019-9515)
 * </ul>
 *
 * <p>The others: more streams than the limit are refused one by one. A head that is too large once
 * decompressed gets 431, and costs the connection above 1.25 times the limit. Only the fields in
 * {@link #INDEXED} enter the table of compressed heads, so that a client that allows it any size
 * does not fill the memory. For the event loop of one connection.
 */
public final class Http2Codec extends Http2FrameCodec {
  static final int MAX_RESETS = 200;
  static final int SECONDS = 30;
  static final int MAX_SMALL_CONTINUATIONS = 16;
  static final int MAX_EMPTY_DATA = 2;
  static final int MAX_QUEUED_CONTROL = 1000;

  /** Bytes of a request's body that may be on their way for one stream. */
  static final int STREAM_WINDOW = 128 * 1024;

  /** The same for all streams together, so that some paused bodies do not stop the others. */
  static final int CONNECTION_WINDOW = 16 * STREAM_WINDOW;

  /** Fields of replies with few values. */
  private static final Set<String> INDEXED =
      Set.of(
          ":status",
          "content-type",
          "cache-control",
          "x-accel-buffering",
          "x-content-type-options",
          "strict-transport-security",
          "vary");

  private final Supplier<byte[]> tooLarge;

  private Http2Codec(
      Http2ConnectionEncoder encoder,
      Http2ConnectionDecoder decoder,
      Http2Settings settings,
      Supplier<byte[]> tooLarge) {
    super(encoder, decoder, settings, true, true);
    this.tooLarge = tooLarge;
  }

  /**
   * A codec for a new connection.
   *
   * @param maxStreams that are open at a time
   * @param maxHeadBytes of a request's head, counted as RFC 9113, section 10.5.1 does
   * @param tooLarge the body of the reply to a larger head
   */
  public static Http2Codec of(int maxStreams, int maxHeadBytes, Supplier<byte[]> tooLarge) {
    Builder builder = new Builder(tooLarge);
    builder
        .initialSettings(
            new Http2Settings()
                .maxConcurrentStreams(maxStreams)
                .maxHeaderListSize(maxHeadBytes)
                .initialWindowSize(STREAM_WINDOW))
        .decoderEnforceMaxRstFramesPerWindow(MAX_RESETS, SECONDS)
        .encoderEnforceMaxRstFramesPerWindow(MAX_RESETS, SECONDS)
        .decoderEnforceMaxSmallContinuationFrames(MAX_SMALL_CONTINUATIONS)
        .decoderEnforceMaxConsecutiveEmptyDataFrames(MAX_EMPTY_DATA)
        .encoderEnforceMaxQueuedControlFrames(MAX_QUEUED_CONTROL)
        .headerSensitivityDetector((name, _) -> !INDEXED.contains(name.toString()))
        .decoupleCloseAndGoAway(true);
    Http2Codec codec = (Http2Codec) builder.build();
    // From the first frame on, also for a client that never acknowledges the settings.
    codec.connection().remote().maxActiveStreams(maxStreams);
    return codec;
  }

  /** Bytes by which the window of the connection grows once the codec has its channel. */
  public int missingWindow() {
    return CONNECTION_WINDOW
        - connection().local().flowController().windowSize(connection().connectionStream());
  }

  /** Whether a failure is one of the protocol, which the codec itself answers. */
  public static boolean isOfPeer(Throwable cause) {
    return Http2CodecUtil.getEmbeddedHttp2Exception(cause) != null;
  }

  @Override
  protected void handleServerHeaderDecodeSizeError(ChannelHandlerContext ctx, Http2Stream stream) {
    byte[] body = tooLarge.get();
    Http2Headers head =
        new DefaultHttp2Headers(false)
            .status(HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE.codeAsText())
            .add(HttpHeaderNames.CONTENT_TYPE, "application/json")
            .add(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.length));
    encoder().writeHeaders(ctx, stream.id(), head, 0, false, ctx.newPromise());
    encoder().writeData(ctx, stream.id(), Unpooled.wrappedBuffer(body), 0, true, ctx.newPromise());
    flush(ctx); // Netty resets the stream after this, which discards what is queued
  }

  /** Builds with the limits of its base class. */
  private static final class Builder extends Http2FrameCodecBuilder {
    private final Supplier<byte[]> tooLarge;

    Builder(Supplier<byte[]> tooLarge) {
      this.tooLarge = tooLarge;
    }

    @Override
    protected Http2FrameCodec build(
        Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
      return new Http2Codec(encoder, decoder, settings, tooLarge);
    }
  }
}
