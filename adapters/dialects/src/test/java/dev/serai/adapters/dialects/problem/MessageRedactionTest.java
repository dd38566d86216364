package dev.serai.adapters.dialects.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.dialect.Destination;
import dev.serai.core.provider.ProviderProfile;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Codes and types of a provider's error reach clients only as plain words without secrets. */
class MessageRedactionTest {
  private static final Destination DESTINATION =
      new Destination(
          new ProviderProfile(
              "p",
              "openai",
              Optional.of("http://p.test"),
              Optional.of("K"),
              Set.of(),
              List.of(),
              Optional.empty()),
          "m",
          Optional.of("secret-key-1"));

  @ParameterizedTest
  @ValueSource(
      strings = {"rate_limit_exceeded", "Throttling.RateQuota", "model-not-found", "An argument"})
  void aWordIsForwarded(String code) {
    assertThat(MessageRedaction.word(code, DESTINATION)).contains(code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"secret-key-1", "sk-abcdefgh", "Bearer sk-abcdefgh", "a:b", "", "a\nb"})
  void anythingElseIsNot(String code) {
    assertThat(MessageRedaction.word(code, DESTINATION)).isEmpty();
  }
}
