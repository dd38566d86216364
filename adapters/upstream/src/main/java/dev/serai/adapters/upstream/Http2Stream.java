package dev.serai.adapters.upstream;

import dev.serai.core.http.Headers;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One request on an HTTP/2 connection. A provider says which requests it has not processed, also
 * when it closes an idle connection (RFC 9113, sections 6.8 and 8.7); all others that were sent
 * completely may have been. Confined to the connection's event loop.
 */
final class Http2Stream extends ChannelInboundHandlerAdapter implements Transport {
  private static final RequestUpload.Framing FRAMES =
      new RequestUpload.Framing() {
        @Override
        public Object piece(byte[] bytes) {
          return new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(bytes));
        }

        @Override
        public Object end() {
          return new DefaultHttp2DataFrame(true);
        }
      };

  private final Http2Connection connection;
  private final long readsBefore;
  private final boolean reused;
  private @Nullable UpstreamCall call;
  private @Nullable Channel channel;
  private boolean hasHead;
  private boolean written;

  /**
   * @param reused whether the connection has carried requests before
   */
  Http2Stream(Http2Connection connection, UpstreamCall call, boolean reused) {
    this.connection = connection;
    this.call = call;
    this.reused = reused;
    this.readsBefore = connection.reads();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    channel = ctx.channel();
  }

  /** Sends the request, with one flush, once the stream is open. */
  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    UpstreamCall current = call;
    if (current == null) {
      ctx.close();
      return;
    }
    byte[] body = current.request().body();
    Http2Headers fields = connection.pool().upstream().requestEncoder().http2(current.request());
    boolean uploads = current.request().upload().isPresent();
    boolean bodiless = body.length == 0 && !uploads;
    ChannelFuture last = ctx.write(new DefaultHttp2HeadersFrame(fields, bodiless));
    if (body.length > 0) {
      last = ctx.write(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(body), true));
    }
    last.addListener(write -> written = write.isSuccess());
    ctx.flush();
    if (uploads) {
      current.startUpload(ctx.channel(), FRAMES);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (call != null) {
      call.onWritable();
    }
  }

  /** The stream could not be opened, so nothing was sent: the call takes another connection. */
  void notOpened() {
    UpstreamCall current = call;
    call = null;
    if (current != null) {
      connection.pool().sendElsewhere(current);
    }
  }

  @Override
  public void setReading(boolean on) {
    if (channel != null) {
      channel.config().setAutoRead(on);
    }
  }

  /** Retires the connection too if nothing arrived since the request was sent: it may be dead. */
  @Override
  public void abort() {
    call = null;
    if (channel != null) {
      channel.close();
    }
    if (connection.reads() == readsBefore) {
      connection.retire();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (call == null) {
        return;
      }
      if (message instanceof Http2HeadersFrame frame) {
        head(call, frame);
      } else if (message instanceof Http2DataFrame frame) {
        if (frame.content().isReadable()) {
          call.onBody(frame.content());
        }
        endIf(frame.isEndStream());
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (call != null) {
      call.onBatchEnd();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    try {
      if (isNotProcessed(event) && !hasHead && call != null) {
        UpstreamCall current = call;
        call = null;
        ctx.close();
        current.fail(UpstreamProblems.notReceived(provider(), "refused by its HTTP/2 server"));
      }
    } finally {
      ReferenceCountUtil.release(event);
    }
  }

  private static boolean isNotProcessed(Object event) {
    return event instanceof Http2GoAwayFrame
        || (event instanceof Http2ResetFrame reset
            && reset.errorCode() == Http2Error.REFUSED_STREAM.code());
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    UpstreamCall current = call;
    call = null;
    connection.streamClosed();
    if (current == null) {
      return;
    }
    if (hasHead) {
      current.fail(UpstreamProblems.incomplete(provider()));
    } else {
      current.fail(
          written && !current.isUploading()
              ? UpstreamProblems.noResponse(provider(), reused, current.clock().nanosSinceSent())
              : UpstreamProblems.notReceived(
                  provider(), "closed before all of the request was sent"));
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }

  private void head(UpstreamCall current, Http2HeadersFrame frame) {
    if (!hasHead) {
      int status = status(frame.headers());
      if (status < 100 || (status < 200 && frame.isEndStream())) {
        malformed(current);
        return;
      }
      if (status >= 200) {
        hasHead = true;
        long length = frame.headers().getLong("content-length", -1L);
        current.onHead(status, new Fields(frame.headers()), length);
      }
    }
    endIf(frame.isEndStream());
  }

  private void malformed(UpstreamCall current) {
    call = null;
    if (channel != null) {
      channel.close();
    }
    current.fail(UpstreamProblems.malformed(provider()));
  }

  private void endIf(boolean last) {
    UpstreamCall current = call;
    if (last && current != null) {
      call = null;
      current.onBatchEnd();
      if (current.isUploading() && channel != null) {
        channel.close();
      }
      current.onEnd();
    }
  }

  private String provider() {
    return connection.pool().upstream().name();
  }

  /** The status code; 0 if the field is not one. */
  private static int status(Http2Headers headers) {
    CharSequence text = headers.status();
    if (text == null || text.length() != 3) {
      return 0;
    }
    int status = 0;
    for (int i = 0; i < 3; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return 0;
      }
      status = status * 10 + digit;
    }
    return status;
  }

  /** A view of received header fields. */
  private record Fields(Http2Headers received) implements Headers {
    @Override
    public Optional<String> first(String name) {
      return Optional.ofNullable(received.get(name.toLowerCase(Locale.ROOT)))
          .map(CharSequence::toString);
    }

    @Override
    public void forEach(BiConsumer<String, String> visitor) {
      received.forEach(
          field -> {
            if (!Http2Headers.PseudoHeaderName.hasPseudoHeaderFormat(field.getKey())) {
              visitor.accept(field.getKey().toString(), field.getValue().toString());
            }
          });
    }
  }
}
