package dev.serai.core.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import javax.crypto.Mac;
import org.junit.jupiter.api.Test;

class HmacTest {
  /** Test case 2 of RFC 4231. */
  private static final byte[] KEY = "Jefe".getBytes(StandardCharsets.US_ASCII);

  private static final String TEXT = "what do ya want for nothing?";
  private static final String SHA_256 =
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
  private static final String SHA_384 =
      "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e"
          + "8e2240ca5e69e2c78b3239ecfab21649";
  private static final String SHA_512 =
      "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
          + "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737";

  private static String hex(Hmac hmac) {
    return HexFormat.of().formatHex(hmac.of(KEY, TEXT));
  }

  @Test
  void theHashesOfTheStandardsExampleAreTheStandards() {
    assertThat(hex(Hmac.SHA_256)).isEqualTo(SHA_256);
    assertThat(hex(Hmac.SHA_384)).isEqualTo(SHA_384);
    assertThat(hex(Hmac.SHA_512)).isEqualTo(SHA_512);
  }

  @Test
  void aDigestStartsAgainAfterEachHash() {
    byte[] bytes = TEXT.getBytes(StandardCharsets.US_ASCII);
    Mac keyed = Hmac.SHA_256.keyed(KEY);
    assertThat(keyed.doFinal(bytes)).isEqualTo(Hmac.SHA_256.of(KEY, bytes));
    assertThat(keyed.doFinal(bytes)).isEqualTo(HexFormat.of().parseHex(SHA_256));
  }
}
