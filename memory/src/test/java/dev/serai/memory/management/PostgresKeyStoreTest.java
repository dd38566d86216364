package dev.serai.memory.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.caller.Authentication.Authenticated;
import dev.serai.core.caller.Authentication.Rejected;
import dev.serai.core.problem.CapacityProblem;
import dev.serai.memory.database.PostgresServer;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresKeyStoreTest extends PromptStoreContract {
  @RegisterExtension static final PostgresServer server = new PostgresServer();

  @Override
  String url() {
    return server.url();
  }

  @Override
  Optional<String> pepper() {
    return Optional.of("pepper-0123456789abcdef-0123456789abcdef");
  }

  @Test
  void withoutAPepperInTheSettingsNoKeyIsCreated() throws Exception {
    try (Opened bare = open(Optional.empty())) {
      assertThatThrownBy(() -> bare.keys().create(wanted("bare")))
          .hasMessageContaining("SERAI_KEY_PEPPER")
          .hasFieldOrPropertyWithValue("status", 409);
      assertThat(bare.keys().list(all())).isEmpty();
    }
  }

  @Test
  void keysOfAnotherPepperAreNotMixedWithOurs() throws Exception {
    first.keys().create(wanted("ours"));
    try (Opened other = open(Optional.of("other-pepper-0123456789abcdef-0123456789"))) {
      assertThatThrownBy(() -> other.keys().create(wanted("theirs")))
          .hasMessageContaining("another pepper");
    }
  }

  @Test
  void keysWorkWhileTheDatabaseIsDownAndNoGatewayStartsOpen() throws Exception {
    String secret = first.keys().create(wanted("before")).secret();
    server.stop();
    try (Opened late = open()) {
      assertThat(first.says(secret)).isInstanceOf(Authenticated.class);
      assertThatThrownBy(() -> first.keys().create(wanted("during")))
          .isInstanceOf(CapacityProblem.class);
      assertThat(late.snapshot().hasCredentials()).isTrue();
      assertThat(late.says(secret))
          .as("it may be good, and is not called wrong")
          .isInstanceOfSatisfying(
              Rejected.class, it -> assertThat(it.problem().status()).isEqualTo(503));
      server.startAgain();
      until(() -> late.says(secret) instanceof Authenticated);
    }
  }
}
