package dev.serai.adapters.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Lz4PackerTest {
  private final Lz4Packer packer = new Lz4Packer();

  private static byte[] text(int words) {
    Random random = new Random(7);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < words; i++) {
      text.append("word").append(random.nextInt(300)).append(' ');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void bytesOfEverySizeComeBack() {
    for (int words : new int[] {0, 1, 2, 3, 10, 100, 5000}) {
      byte[] plain = text(words);
      assertThat(packer.unpack(packer.pack(plain), plain.length)).isEqualTo(plain);
    }
    byte[] noise = new byte[100_000];
    new Random(7).nextBytes(noise);
    byte[] packed = packer.pack(noise);
    assertThat(packer.unpack(packed, noise.length)).isEqualTo(noise);
    assertThat(packed.length).isLessThan(101_000);
  }

  @Test
  void textBecomesShorter() {
    byte[] plain = text(5000);
    assertThat(packer.pack(plain).length).isLessThan(plain.length / 2);
  }

  @Test
  void damagedBytesAreRefused() {
    byte[] plain = text(100);
    byte[] packed = packer.pack(plain);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> packer.unpack(Arrays.copyOf(packed, packed.length / 2), plain.length));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> packer.unpack(new byte[] {-1, -1, -1, -1, 9, 9, 9}, 20));
  }
}
