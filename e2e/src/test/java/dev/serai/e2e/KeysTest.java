package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.e2e.provider.CassetteServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Several keys of one provider: they are used in turn, are in cooldown when limited and disabled
 * when refused.
 */
class KeysTest {
  @TempDir Path folder;
  private CassetteServer provider;

  @BeforeEach
  void start() {
    provider = CassetteServer.start();
  }

  @AfterEach
  void stop() {
    provider.close();
  }

  private RunningGateway with(String keys) {
    return RunningGateway.in(folder)
        .providersAt(provider.url())
        .with("OPENAI_API_KEY", keys)
        .settings("models: {steady: {targets: [openai/text], fallbacks: [anthropic/text]}}\n")
        .start();
  }

  private List<String> keysSeen() {
    return provider.received().stream()
        .map(request -> request.header("authorization").orElse("none"))
        .toList();
  }

  @Test
  void keysAreUsedInTurn() {
    try (RunningGateway gateway = with("key-a,key-b");
        Caller caller = new Caller(gateway.url())) {
      for (int i = 0; i < 4; i++) {
        assertThat(caller.chat("openai/text").status()).isEqualTo(200);
      }
      assertThat(keysSeen())
          .containsExactly("Bearer key-a", "Bearer key-b", "Bearer key-a", "Bearer key-b");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"key-limited", "refused"})
  void aKeyThatFailsIsFollowedByTheNextAtOnceAndLeftAlone(String bad) {
    try (RunningGateway gateway = with(bad + ",key-good");
        Caller caller = new Caller(gateway.url())) {
      Caller.Reply first = caller.stream("openai/text");
      assertThat(first.status()).as(first.body()).isEqualTo(200);
      assertThat(first.header("x-serai-attempts")).isEqualTo("2");
      assertThat(first.streamed()).isEqualTo(ClientSettings.HELLO);
      for (int i = 0; i < 3; i++) {
        assertThat(caller.chat("openai/text").header("x-serai-attempts")).isEqualTo("1");
      }
      assertThat(keysSeen())
          .containsExactly(
              "Bearer " + bad,
              "Bearer key-good",
              "Bearer key-good",
              "Bearer key-good",
              "Bearer key-good");
    }
  }

  @Test
  void whenEveryKeyIsRefusedTheProviderIsLeftAloneAndAnotherAnswers() {
    try (RunningGateway gateway = with("refused-1,refused-2");
        Caller caller = new Caller(gateway.url())) {
      Caller.Reply elsewhere = caller.chat("steady");
      assertThat(elsewhere.status()).as(elsewhere.body()).isEqualTo(200);
      assertThat(elsewhere.header("x-serai-provider")).isEqualTo("anthropic");
      provider.forget();

      Caller.Reply refused = caller.chat("openai/text");
      assertThat(refused.status()).isEqualTo(502);
      assertThat(refused.json().at("/error/code").asText()).isEqualTo("no_key_available");
      assertThat(refused.header("retry-after")).isNotEmpty();
      Plain.error(refused);
      assertThat(caller.chat("steady").header("x-serai-provider")).isEqualTo("anthropic");
      assertThat(keysSeen()).containsExactly("none");
      assertThat(refused.body() + gateway.log()).doesNotContain("refused-1", "refused-2");
    }
  }
}
