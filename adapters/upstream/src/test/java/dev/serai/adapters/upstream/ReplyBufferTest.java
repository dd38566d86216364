package dev.serai.adapters.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.limit.ByteLimit;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

/** A reply that is collected takes its share of the memory limit. */
class ReplyBufferTest {
  private static final int LENGTH = 100_000;

  private final ByteLimit memory = new ByteLimit(350_000);

  @Test
  void anAnnouncedReplyTakesAllOfItsBytesAtOnce() {
    ReplyBuffer buffer = new ReplyBuffer(2 * LENGTH, 10 * LENGTH, memory);
    assertThat(buffer.add(piece())).isTrue();
    assertThat(memory.taken()).isEqualTo(2 * LENGTH);
    ReplyBuffer other = new ReplyBuffer(2 * LENGTH, 10 * LENGTH, memory);
    assertThat(other.add(piece())).isFalse();
    assertThat(other.isExhausted()).isTrue();
    buffer.hold().release();
    assertThat(memory.taken()).isZero();
  }

  @Test
  void aReplyWithoutALengthTakesBytesAsItGrows() {
    ReplyBuffer buffer = new ReplyBuffer(-1, 10 * LENGTH, memory);
    assertThat(buffer.add(piece())).isTrue();
    assertThat(memory.taken()).isEqualTo(LENGTH);
    assertThat(buffer.add(piece())).isTrue();
    assertThat(memory.taken()).isEqualTo(2 * LENGTH);
    assertThat(buffer.add(piece())).isFalse();
    assertThat(buffer.isExhausted()).isTrue();
  }

  @Test
  void aSmallReplyTakesNothing() {
    ReplyBuffer buffer = new ReplyBuffer(3, 10 * LENGTH, memory);
    assertThat(buffer.add(Unpooled.wrappedBuffer(new byte[3]))).isTrue();
    assertThat(memory.taken()).isZero();
    assertThat(buffer.toBytes()).hasSize(3);
  }

  private static ByteBuf piece() {
    return Unpooled.wrappedBuffer(new byte[LENGTH]);
  }
}
