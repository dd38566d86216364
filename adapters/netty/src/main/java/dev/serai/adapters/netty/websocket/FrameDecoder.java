package dev.serai.adapters.netty.websocket;

import dev.serai.core.time.Ticker;
import dev.serai.core.websocket.Close;
import dev.serai.core.websocket.Frame;
import dev.serai.core.websocket.Frame.Kind;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the frames of one connection (RFC 6455, section 5) into {@link Frame}s, and the close
 * frame into a {@link Close}.
 *
 * <p>A frame of up to {@link #MAX_HELD} bytes is passed on when it is complete. A larger one is
 * passed on as fragments while it arrives, so that a connection holds no more than that; without
 * extensions fragments mean the same (section 5.4). Each but the last has at least {@link
 * #MIN_FRAGMENT} bytes, however slowly they arrive.
 *
 * <p>A sender that breaks the protocol or its {@link FrameLimits} becomes a {@link Violation}.
 * After that, and after a close frame, everything is discarded. It runs on the event loop of its
 * connection.
 */
public final class FrameDecoder extends ByteToMessageDecoder {
  /** The largest frame that is held until it is complete, in bytes. */
  public static final int MAX_HELD = 64 * 1024;

  /** The smallest fragment of a larger frame, in bytes, except for the last. */
  static final int MIN_FRAGMENT = 16 * 1024;

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final FrameLimits limits;
  private final Ticker ticker;
  private final Utf8Check text = new Utf8Check();
  private @Nullable FrameHead head;
  private long left;
  private int maskingKey;
  private boolean inMessage;
  private boolean isText;
  private int fragments;
  private long messageBytes;
  private int controls;
  private long controlsSince;
  private boolean over;

  public FrameDecoder(FrameLimits limits, Ticker ticker) {
    this.limits = limits;
    this.ticker = ticker;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    if (over) {
      in.skipBytes(in.readableBytes());
      return;
    }
    try {
      if (head == null && FrameHead.isComplete(in)) {
        head = begin(FrameHead.read(in, limits.masked()));
      }
      if (head != null) {
        payload(head, in, out);
      }
    } catch (FrameException broken) {
      over = true;
      out.add(new Violation(broken.closeFrame()));
    }
  }

  private FrameHead begin(FrameHead read) {
    if (read.isControl()) {
      countControl(read);
    } else {
      beginPart(read);
    }
    left = read.length();
    maskingKey = read.maskingKey();
    return read;
  }

  private void countControl(FrameHead control) {
    if (control.opcode() == FrameHead.CLOSE) {
      return;
    }
    long now = ticker.nanos();
    if (controls == 0 || now - controlsSince >= SECOND) {
      controls = 0;
      controlsSince = now;
    }
    controls += control.kind() == Kind.PING ? FrameLimits.PING : 1;
    if (controls > limits.max().controls()) {
      throw new FrameException(Close.POLICY_VIOLATION, "too many pings or pongs");
    }
  }

  private void beginPart(FrameHead part) {
    boolean continues = part.kind() == Kind.CONTINUATION;
    if (continues != inMessage) {
      throw new FrameException(Close.PROTOCOL_ERROR, "a message is fragmented incorrectly");
    }
    if (!continues) {
      isText = part.kind() == Kind.TEXT;
      text.reset();
      fragments = 0;
      messageBytes = 0;
    }
    messageBytes += part.length();
    if (messageBytes > limits.max().messageBytes()) {
      throw new FrameException(Close.TOO_BIG, "a message is too large");
    }
    if (++fragments > limits.max().fragments()) {
      throw new FrameException(Close.POLICY_VIOLATION, "a message has too many fragments");
    }
    inMessage = !part.last();
  }

  private void payload(FrameHead current, ByteBuf in, List<Object> out) {
    long least = Math.min(left, current.length() <= MAX_HELD ? MAX_HELD : MIN_FRAGMENT);
    if (in.readableBytes() < least) {
      return;
    }
    int length = (int) Math.min(left, Math.min(in.readableBytes(), MAX_HELD));
    boolean first = left == current.length();
    byte[] bytes = take(in, length);
    left -= length;
    if (left == 0) {
      head = null;
    }
    if (current.opcode() == FrameHead.CLOSE) {
      over = true;
      out.add(close(bytes));
      return;
    }
    boolean last = current.last() && left == 0;
    if (!current.isControl()) {
      check(bytes, last);
    }
    out.add(new Frame(first ? current.kind() : Kind.CONTINUATION, last, bytes));
  }

  private byte[] take(ByteBuf in, int length) {
    byte[] bytes = new byte[length];
    in.readBytes(bytes);
    if (limits.masked()) {
      Mask.apply(bytes, maskingKey);
      maskingKey = Mask.after(maskingKey, length);
    }
    return bytes;
  }

  private void check(byte[] piece, boolean last) {
    if (isText && !(text.accept(piece) && (!last || text.isWhole()))) {
      throw new FrameException(Close.INVALID_DATA, "a text is not valid UTF-8");
    }
  }

  private static Close close(byte[] payload) {
    if (payload.length == 0) {
      return new Close(Close.NO_STATUS, "");
    }
    int code = payload.length == 1 ? 0 : (payload[0] & 0xff) << 8 | (payload[1] & 0xff);
    if (!Close.isSendable(code)) {
      throw new FrameException(Close.PROTOCOL_ERROR, "a close frame is malformed");
    }
    byte[] reason = Arrays.copyOfRange(payload, 2, payload.length);
    Utf8Check check = new Utf8Check();
    if (!check.accept(reason) || !check.isWhole()) {
      throw new FrameException(Close.INVALID_DATA, "a text is not valid UTF-8");
    }
    return new Close(code, new String(reason, StandardCharsets.UTF_8));
  }
}
