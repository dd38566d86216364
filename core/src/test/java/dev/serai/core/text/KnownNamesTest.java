package dev.serai.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KnownNamesTest {
  private static final Set<String> KNOWN = Set.of("limit", "session_id", "after");

  @Test
  void aHintHasTheNearNameAndAllKnownOnes() {
    assertThat(KnownNames.hint("limti", KNOWN))
        .isEqualTo("Did you mean 'limit'? Known are after, limit, session_id.");
    assertThat(KnownNames.hint("colour", KNOWN)).isEqualTo("Known are after, limit, session_id.");
    assertThat(KnownNames.hint("limt", Set.of("limit")))
        .isEqualTo("Did you mean 'limit'? Known is limit.");
    assertThat(KnownNames.hint("limit", Set.of())).isEmpty();
  }

  @Test
  void aNameWithTheSameWordsAndOthersIsMeantIfItIsTheOnlyOne() {
    assertThat(KnownNames.meant("session", KNOWN)).contains("Did you mean 'session_id'?");
    assertThat(KnownNames.meant("session", Set.of("session_id", "session_key"))).isEmpty();
  }

  @Test
  void aNameIsMisspeltIfAKnownOneThatIsNotGivenDiffersByTypos() {
    assertThat(KnownNames.misspelt(List.of("after", "limti"), KNOWN)).contains("limti");
    assertThat(KnownNames.misspelt(List.of("limit", "limti"), KNOWN)).isEmpty();
    assertThat(KnownNames.misspelt(List.of("session", "colour"), KNOWN)).isEmpty();
  }
}
