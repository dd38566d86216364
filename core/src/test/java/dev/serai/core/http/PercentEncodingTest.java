package dev.serai.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PercentEncodingTest {
  @Test
  void unreservedCharactersStayAndAllOthersAreEncodedAsUtf8() {
    assertThat(PercentEncoding.encode("aZ09-._~", "")).isEqualTo("aZ09-._~");
    assertThat(PercentEncoding.encode("a:b/c d%é€", ""))
        .isEqualTo("a%3Ab%2Fc%20d%25%C3%A9%E2%82%AC");
    assertThat(PercentEncoding.encode("tuned/a@b:c", "/@")).isEqualTo("tuned/a@b%3Ac");
  }

  @Test
  void whatIsEncodedDecodesToItself() {
    String text = "arn:aws:bedrock/é+%2F \u20ac";
    assertThat(PercentEncoding.decode(PercentEncoding.encode(text, ""))).isEqualTo(text);
  }
}
