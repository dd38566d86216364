package dev.serai.core.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.InstantSource;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A state is read whole or refused with the reason. */
class BanditStateTest {
  private static final String TEXT = text();

  private static String text() {
    SplittableRandom random = new SplittableRandom(1);
    Bandit bandit =
        new Bandit(
            BanditRules.of(BanditAlgorithm.LINUCB),
            () -> random,
            InstantSource.fixed(Instant.EPOCH));
    bandit.learn(BanditContext.of(2, 1, 0.5), "openai/gpt", 0.75);
    bandit.learn(BanditContext.of(0), "anthropic/modèle 5", 1);
    return bandit.state().text();
  }

  @Test
  void theTextIsOneLineForEachArm() {
    assertThat(TEXT.lines()).hasSize(4).first().isEqualTo("serai-bandit 1");
    assertThat(BanditState.parse(TEXT).arms())
        .containsExactlyInAnyOrder("openai/gpt", "anthropic/modèle 5");
    assertThat(BanditState.parse(TEXT).text()).isEqualTo(TEXT);
  }

  @Test
  void everyChangedCharacterIsNoticed() {
    for (int i = 0; i < TEXT.length(); i++) {
      String changed = TEXT.substring(0, i) + (char) (TEXT.charAt(i) ^ 1) + TEXT.substring(i + 1);
      assertThatIllegalArgumentException()
          .as("changed at %s", i)
          .isThrownBy(() -> BanditState.parse(changed));
    }
  }

  @Test
  void aPartOfATextIsRefused() {
    for (int i = 0; i < TEXT.length(); i++) {
      String part = TEXT.substring(0, i);
      assertThatIllegalArgumentException().isThrownBy(() -> BanditState.parse(part));
    }
  }

  @Test
  void theMessageSaysWhatIsWrong() {
    assertRefused("{}", "this is not the state of a bandit");
    assertRefused(
        TEXT.replace("bandit 1", "bandit 2"),
        "the state of the bandit has the version 2; this gateway reads version 1");
    assertRefused(
        TEXT.replace("openai", "ollama"),
        "the state of the bandit was changed: its checksum is another one");
    assertRefused("serai-bandit 1\na\t1\n", "the state of the bandit is not complete");
  }

  @Test
  void aTextWithoutEndIsRefusedBeforeItIsRead() {
    assertRefused(
        TEXT + "x".repeat(8_000_000), "the state of the bandit is longer than 8000000 characters");
  }

  private static void assertRefused(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BanditState.parse(text))
        .withMessage(message);
  }
}
