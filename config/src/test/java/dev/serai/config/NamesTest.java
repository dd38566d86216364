package dev.serai.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.config.read.Names;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
  private static final List<String> NAMES =
      List.of("fast", "smart", "gpt-4o-mini", "header_deadline");

  @ParameterizedTest
  @CsvSource({
    "fats, fast",
    "afst, fast",
    "fsat, fast",
    "FATS, fast",
    "fas, fast",
    "fasst, fast",
    "samrt, smart",
    "gpt-o4-mini, gpt-4o-mini",
    "gtp-o4-mini, gpt-4o-mini",
    "haeder_daedline, header_deadline",
  })
  void swappedNeighboursAreOneTypo(String read, String meant) {
    assertThat(Names.closestTo(read, NAMES)).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({"tsaf", "stfa", "slow", "msarti", "small", "gtp-o4-mnii"})
  void moreTyposThanThatAreAnotherName(String read) {
    assertThat(Names.closestTo(read, NAMES)).isEmpty();
  }

  @Test
  void theNearestNameIsMeant() {
    assertThat(Names.closestTo("abdc", List.of("abxc", "abcd", "abdx"))).contains("abxc");
    assertThat(Names.closestTo("abdce", List.of("axxce", "abcde"))).contains("abcde");
    assertThat(Names.closestTo("abdcefgh", List.of("axxcefgh", "abcdefgh"))).contains("abcdefgh");
  }

  /** A typo in four characters, two in eight. */
  @ParameterizedTest
  @CsvSource({
    "nowhere, cohere, ''",
    "nohere, cohere, cohere",
    "depsek, deepseek, deepseek",
    "dipsek, deepseek, ''",
    "gtp, gpt, gpt",
    "gp, gpt, gpt",
    "x, y, ''",
    "ip, id, ''",
    "ID, id, id",
  })
  void howNearANameMustBeGrowsWithItsLength(String read, String known, String meant) {
    assertThat(Names.closestTo(read, List.of(known)).orElse("")).isEqualTo(meant);
  }
}
