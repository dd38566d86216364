package dev.serai.core.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Sha1Test {
  /** The example of one block that goes with FIPS 180-4. */
  @Test
  void theHashOfTheStandardsExampleIsTheStandards() {
    byte[] hash = Sha1.of("abc".getBytes(StandardCharsets.US_ASCII));
    assertThat(HexFormat.of().formatHex(hash))
        .isEqualTo("a9993e364706816aba3e25717850c26c9cd0d89d");
  }
}
