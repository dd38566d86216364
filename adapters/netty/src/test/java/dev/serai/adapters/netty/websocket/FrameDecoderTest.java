package dev.serai.adapters.netty.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.time.Ticker;
import dev.serai.core.websocket.Frame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Frames are decoded however their bytes arrive. */
class FrameDecoderTest {
  private static final int LARGE = 200_001;

  private static byte[] payload() {
    byte[] bytes = new byte[LARGE];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  private static ByteBuf masked(byte[] payload) {
    Frame frame = new Frame(Frame.Kind.BINARY, true, payload.clone());
    return FrameWriter.ofClient(() -> 0x01020304).write(Unpooled.buffer().alloc(), frame);
  }

  private static List<Frame> decode(ByteBuf bytes, int pieces) {
    EmbeddedChannel channel =
        new EmbeddedChannel(new FrameDecoder(FrameLimits.ofClient(1_000_000), Ticker.SYSTEM));
    List<Frame> frames = new ArrayList<>();
    while (bytes.isReadable()) {
      channel.writeInbound(bytes.readRetainedSlice(Math.min(pieces, bytes.readableBytes())));
      for (Frame f = channel.readInbound(); f != null; f = channel.readInbound()) {
        frames.add(f);
      }
    }
    bytes.release();
    channel.finish();
    return frames;
  }

  @Test
  void aLargeFrameThatDripsIsPassedOnInFewFragments() {
    for (int piece : new int[] {1, 7, 1400, 20_000, LARGE + 14}) {
      List<Frame> frames = decode(masked(payload()), piece);
      assertThat(frames).hasSizeLessThanOrEqualTo(LARGE / FrameDecoder.MIN_FRAGMENT + 1);
      assertThat(frames.subList(0, frames.size() - 1))
          .allMatch(f -> f.payload().length >= FrameDecoder.MIN_FRAGMENT && !f.last());
      assertThat(frames.getLast().last()).isTrue();
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      frames.forEach(f -> all.writeBytes(f.payload()));
      assertThat(all.toByteArray()).isEqualTo(payload());
    }
  }

  @Test
  void aHeadMayBeCutAnywhere() {
    for (int length : new int[] {0, 125, 126, 65_535, 65_536}) {
      List<Frame> frames = decode(masked(new byte[length]), 1);
      assertThat(frames.stream().mapToInt(f -> f.payload().length).sum()).isEqualTo(length);
      assertThat(frames).hasSizeLessThanOrEqualTo(5);
    }
  }
}
