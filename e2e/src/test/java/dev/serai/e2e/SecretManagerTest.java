package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.config.read.SettingsException;
import dev.serai.e2e.provider.CassetteServer;
import dev.serai.e2e.provider.Received;
import dev.serai.gateway.Gateway;
import dev.serai.gateway.secrets.KeyValueServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys of providers and callers, and the master key, that a secret manager and a file keep. */
class SecretManagerTest {
  private static final String PATH = "secret/data/serai";
  private static final String ADMIN = "admin-canary-0123456789abcdef";
  private static final String FIRST = "key-canary-first-0123456789";
  private static final String SECOND = "key-canary-second-0123456789";
  private static final String CALLER = "caller-canary-0123456789abcdef";
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path folder;
  private KeyValueServer vault;
  private CassetteServer provider;

  @BeforeEach
  void start() throws Exception {
    vault = KeyValueServer.start();
    provider = CassetteServer.start();
    keep(FIRST);
    Files.writeString(folder.resolve("master"), "master-canary-0123456789abcdef0123456789\n");
  }

  @AfterEach
  void stop() {
    provider.close();
    vault.close();
  }

  private void keep(String key) {
    vault.keep(PATH, "{\"openai\":\"" + key + "\",\"callers\":\"app:" + CALLER + "\"}");
  }

  private RunningGateway.Plan plan() {
    return RunningGateway.in(folder)
        .providersAt(provider.url())
        .with("VAULT_ADDR", vault.url())
        .with("VAULT_TOKEN", vault.token())
        .with("OPENAI_API_KEY", "vault:secret/data/serai#openai")
        .with("SERAI_API_KEYS", "vault:secret/data/serai#callers")
        .with("SERAI_MASTER_KEY", "file:" + folder.resolve("master"))
        .with("SERAI_STATE", folder.resolve("state").toString())
        .with("ROUTER_ADMIN_KEYS", ADMIN)
        .settings(settings(""));
  }

  private String settings(String comment) {
    return "providers:\n  own: {kind: openai-compatible, base_url: '"
        + provider.url()
        + "/v1', api_key: \"${vault:secret/data/serai#openai}\"} # "
        + comment
        + "\n";
  }

  private String sentBy(Caller http, String model) {
    provider.forget();
    http.send("POST", "/v1/chat/completions", CALLER, Caller.body(model, false));
    return provider.received().stream()
        .findFirst()
        .map(Received::headers)
        .map(headers -> headers.getOrDefault("authorization", "none"))
        .orElse("nothing");
  }

  @Test
  void aRotatedKeyIsUsedWithoutARestartAndNoSecretIsLogged() {
    try (RunningGateway gateway = plan().start();
        Caller http = new Caller(gateway.url())) {
      assertThat(sentBy(http, "openai/text")).isEqualTo("Bearer " + FIRST);

      keep(SECOND);
      RunningGateway.write(folder.resolve("serai.yaml"), settings("edited"));
      Until.holds(
          SOON, "the new key", () -> sentBy(http, "openai/text").equals("Bearer " + SECOND));
      assertThat(sentBy(http, "own/text")).isEqualTo("Bearer " + SECOND);

      vault.close();
      RunningGateway.write(folder.resolve("serai.yaml"), settings("edited again"));
      gateway.awaitLogged("vault:secret/data/serai#openai cannot be read again");
      assertThat(sentBy(http, "openai/text")).isEqualTo("Bearer " + SECOND);
      assertThat(gateway.log()).doesNotContain("canary");
    }
  }

  @Test
  void aRotatedKeyIsFoundWithoutAnEditAndOneThatIsGoneChangesNothing() {
    String often = settings("read often") + "secrets: {refresh: 1s}\n";
    try (RunningGateway gateway = plan().settings(often).start();
        Caller http = new Caller(gateway.url())) {
      keep(SECOND);
      gateway.awaitLogged(
          "secrets have changed and apply from now on: [vault:secret/data/serai#openai]");
      assertThat(sentBy(http, "openai/text")).isEqualTo("Bearer " + SECOND);

      vault.keep(PATH, "{\"callers\":\"app:" + CALLER + "\"}");
      gateway.awaitLogged("the secret has no field openai");
      assertThat(sentBy(http, "own/text")).isEqualTo("Bearer " + SECOND);

      vault.keep(PATH, "{\"openai\":\"" + FIRST + "\",\"callers\":\"app:short\"}");
      String refused = "the previous settings stay in force until the new ones are valid";
      gateway.awaitLogged(refused);
      assertThat(sentBy(http, "openai/text")).isEqualTo("Bearer " + SECOND);
      keep(FIRST);
      Until.holds(
          SOON, "the first key", () -> sentBy(http, "openai/text").equals("Bearer " + FIRST));
      assertThat(gateway.log()).containsOnlyOnce(refused).doesNotContain("canary");
    }
  }

  @Test
  void aRotatedKeyWithALineBreakIsRefusedAndTheOldOneStays() {
    String often = settings("read often") + "secrets: {refresh: 1s}\n";
    try (RunningGateway gateway = plan().settings(often).start();
        Caller http = new Caller(gateway.url())) {
      vault.keep(PATH, "{\"openai\":\"one-canary\\ntwo\",\"callers\":\"app:" + CALLER + "\"}");
      gateway.awaitLogged("providers.own.api_key: has a line break or another control character");
      assertThat(sentBy(http, "openai/text")).isEqualTo("Bearer " + FIRST);
      assertThat(gateway.log()).doesNotContain("canary");
    }
  }

  @Test
  void theMasterKeyOfAFileEncryptsStoredKeys() {
    try (RunningGateway gateway = plan().start();
        Caller http = new Caller(gateway.url())) {
      String body = "{\"provider\":\"openai\",\"key\":\"key-canary-stored-0123456789\"}";
      assertThat(http.send("POST", "/admin/credentials", ADMIN, body).status()).isEqualTo(200);
      assertThat(sentBy(http, "openai/text")).isEqualTo("Bearer key-canary-stored-0123456789");
    }
  }

  @Test
  void aGatewayThatCannotReadASecretDoesNotStart() {
    vault.close();

    assertThatThrownBy(() -> Gateway.settings(plan().environment(), folder))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(
            "environment variable OPENAI_API_KEY: vault:secret/data/serai#openai cannot be read: "
                + vault.url()
                + " cannot be reached")
        .hasMessageContaining("check VAULT_ADDR")
        .hasMessageContaining("serai.yaml:2: providers.own.api_key");
  }
}
