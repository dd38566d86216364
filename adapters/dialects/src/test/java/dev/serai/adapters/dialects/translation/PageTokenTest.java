package dev.serai.adapters.dialects.translation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A list of models ends, whatever token its pages have. */
class PageTokenTest {
  private final PageToken token = new PageToken();

  @Test
  void theNextPageIsAskedForByTheTokenOfTheLast() {
    assertThat(token.parameter("pageToken")).isEmpty();
    assertThat(token.advance("a b+c/%")).isTrue();
    assertThat(token.parameter("pageToken")).isEqualTo("&pageToken=a%20b%2Bc%2F%25");
    assertThat(token.advance("")).isFalse();
    assertThat(token.parameter("pageToken")).isEmpty();
  }

  @Test
  void aTokenThatIsRepeatedOrTooLongLeadsNowhere() {
    assertThat(token.advance("again")).isTrue();
    assertThat(token.advance("again")).isFalse();
    assertThat(token.advance("x".repeat(2049))).isFalse();
  }

  @Test
  void anotherListBeginsAtItsFirstPage() {
    assertThat(token.advance("again")).isTrue();
    token.reset();
    assertThat(token.parameter("pageToken")).isEmpty();
    assertThat(token.advance("again")).isTrue();
  }
}
