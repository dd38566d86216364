package dev.serai.memory.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StoredTextTest {
  @Test
  void textThatCanBeStoredIsTheSameObject() {
    for (String text : new String[] {"", "plain", "Sitzung ä", "pair \uD83D\uDE00."}) {
      assertThat(StoredText.clean(text)).isSameAs(text);
    }
  }

  @Test
  void nulAndHalvesOfPairsAreReplaced() {
    assertThat(StoredText.clean("a\u0000b\u0000")).isEqualTo("a\uFFFDb\uFFFD");
    assertThat(StoredText.clean("\uD83D")).isEqualTo("\uFFFD");
    assertThat(StoredText.clean("\uDE00\uD83D")).isEqualTo("\uFFFD\uFFFD");
    assertThat(StoredText.clean("\uD83D\uD83D\uDE00\uDE00")).isEqualTo("\uFFFD\uD83D\uDE00\uFFFD");
  }
}
