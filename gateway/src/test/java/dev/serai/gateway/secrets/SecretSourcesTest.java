package dev.serai.gateway.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.secret.SecretException;
import dev.serai.core.secret.SecretManager;
import dev.serai.core.secret.SecretReference;
import dev.serai.gateway.edge.tls.Pki;
import dev.serai.gateway.secrets.KeyValueServer.Asked;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Secrets of files and of Vault. No Vault runs here: {@link KeyValueServer} replies as its
 * documentation says.
 */
class SecretSourcesTest {
  private static final String PATH = "secret/data/serai";
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  @TempDir Path folder;
  private KeyValueServer vault;

  @BeforeEach
  void start() {
    vault = KeyValueServer.start();
    vault.keep(PATH, "{\"openai\":\" key-canary \",\"port\":8200,\"empty\":\"\",\"list\":[1]}");
  }

  @AfterEach
  void stop() {
    vault.close();
  }

  private static String read(SecretManager manager, String reference) throws SecretException {
    return manager.read(SecretReference.parse(reference));
  }

  private static SecretManager manager(Map<String, String> environment) {
    return new SecretSources(environment, TIMEOUT).pass();
  }

  private Map<String, String> withToken() {
    return Map.of("VAULT_ADDR", vault.url(), "VAULT_TOKEN", vault.token());
  }

  private Map<String, String> with(String... more) {
    Map<String, String> all = new HashMap<>(Map.of("VAULT_ADDR", vault.url()));
    for (int i = 0; i < more.length; i += 2) {
      all.put(more[i], more[i + 1]);
    }
    return all;
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> refused(
      SecretManager manager, String reference) {
    return assertThatThrownBy(() -> read(manager, reference))
        .isInstanceOf(SecretException.class)
        .hasMessageNotContaining("canary");
  }

  private Path file(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void aFieldIsReadWithTheTokenAndEachPathIsAskedForOnce() throws Exception {
    SecretManager manager = manager(withToken());

    assertThat(read(manager, "vault:secret/data/serai#openai")).isEqualTo("key-canary");
    assertThat(read(manager, "vault:secret/data/serai#port")).isEqualTo("8200");
    assertThat(vault.asked())
        .containsExactly(new Asked("GET", "/v1/secret/data/serai", vault.token(), ""));
  }

  @Test
  void theNamespaceIsSentAndThePathIsEncoded() throws Exception {
    vault.keep("secret/data/a%20b%3Fc", "{\"k\":\"v\"}");
    SecretManager manager =
        manager(with("VAULT_TOKEN", vault.token(), "VAULT_NAMESPACE", "team/a"));

    assertThat(read(manager, "vault:secret/data/a b?c#k")).isEqualTo("v");
    assertThat(vault.asked()).extracting(Asked::namespace).containsExactly("team/a");
  }

  @Test
  void theFileOfTheTokenIsReadEachTime() throws Exception {
    Path token = file("token", vault.token() + "\n");
    SecretSources sources = new SecretSources(with("VAULT_TOKEN_FILE", token.toString()), TIMEOUT);
    assertThat(read(sources.pass(), "vault:secret/data/serai#openai")).isEqualTo("key-canary");

    vault.expireToken();
    refused(sources.pass(), "vault:secret/data/serai#openai").hasMessageContaining("403");
    file("token", vault.token());
    assertThat(read(sources.pass(), "vault:secret/data/serai#openai")).isEqualTo("key-canary");

    Files.delete(token);
    refused(sources.pass(), "vault:secret/data/serai#openai")
        .hasMessageContaining("the file of VAULT_TOKEN_FILE cannot be used")
        .hasMessageContaining("does not exist");
  }

  @Test
  void aTokenThatNoHeaderCanHaveIsRefusedAndNotShown() throws Exception {
    Path token = file("token", "token-canary\nsecond-canary\n");

    refused(manager(with("VAULT_TOKEN_FILE", token.toString())), "vault:secret/data/serai#openai")
        .hasMessageContaining("X-Vault-Token")
        .hasMessageContaining("line break");
    refused(
            manager(
                with("VAULT_TOKEN", vault.token(), "VAULT_NAMESPACE", "te\u00e4m-canary\u0100")),
            "vault:secret/data/serai#openai")
        .hasMessageContaining("X-Vault-Namespace");
    assertThat(vault.asked()).isEmpty();
  }

  @Test
  void aRoleLogsInOnceAndAgainWhenItsTokenHasExpired() throws Exception {
    SecretSources sources =
        new SecretSources(
            with("VAULT_ROLE_ID", "serai", "VAULT_SECRET_ID", "secret-id-canary"), TIMEOUT);
    read(sources.pass(), "vault:secret/data/serai#openai");
    read(sources.pass(), "vault:secret/data/serai#openai");
    assertThat(vault.asked()).extracting(Asked::method).containsExactly("POST", "GET", "GET");

    vault.expireToken();
    assertThat(read(sources.pass(), "vault:secret/data/serai#openai")).isEqualTo("key-canary");
    vault.expireToken();
    vault.expireSecretId();
    refused(sources.pass(), "vault:secret/data/serai#openai")
        .hasMessageContaining("replied 400 to the request to log in with VAULT_ROLE_ID");
  }

  @Test
  void theSecretIdMayBeInAFile() throws Exception {
    Path id = file("id", "secret-id-canary\n");
    SecretManager manager =
        manager(with("VAULT_ROLE_ID", "serai", "VAULT_SECRET_ID_FILE", id.toString()));

    assertThat(read(manager, "vault:secret/data/serai#openai")).isEqualTo("key-canary");
  }

  @ParameterizedTest
  @CsvSource({
    "200, '{\"data\":{\"openai\":\"key-canary\"}}', has no secret of KV version 2",
    "200, 'canary, no JSON', has no secret of KV version 2",
    "400, '{}', replied 400",
    "403, '{\"errors\":[\"canary\"]}', its policy does not allow this",
    "404, '{\"data\":{\"data\":null,\"metadata\":{\"deletion_time\":\"2026-01-01T00:00:00Z\"}}}',"
        + " it has been deleted",
    "404, '{\"errors\":[]}', 'the path, which has /data/ behind the mount, as in secret/data/serai'",
    "429, '', asked too often",
    "500, '', replied 500",
    "503, '{\"errors\":[\"Vault is sealed\"]}', it is sealed",
  })
  void everyRefusalSaysWhyWithoutTheTextOfTheReply(int status, String body, String why) {
    vault.respond(PATH, status, body);

    refused(manager(withToken()), "vault:secret/data/serai#openai")
        .hasMessageContaining(vault.url())
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @CsvSource({"other, no field other", "empty, not a text", "list, not a text"})
  void aFieldWithoutTextIsNamed(String field, String why) {
    refused(manager(withToken()), "vault:secret/data/serai#" + field).hasMessageContaining(why);
  }

  @Test
  void aRedirectIsNotFollowedSoThatTheTokenStaysHere() throws Exception {
    try (KeyValueServer other = KeyValueServer.start()) {
      vault.respond(PATH, 307, other.url() + "/v1/" + PATH);

      refused(manager(withToken()), "vault:secret/data/serai#openai")
          .hasMessageContaining("it redirects, which is not followed");
      assertThat(other.asked()).isEmpty();
    }
  }

  @Test
  void aReplyAndASecretHaveBounds() {
    vault.respond(PATH, 200, "x".repeat(2 * 1024 * 1024));
    vault.keep("secret/data/long", "{\"k\":\"" + "x".repeat(65 * 1024) + "\"}");

    refused(manager(withToken()), "vault:secret/data/serai#openai")
        .hasMessageContaining("cannot be used");
    refused(manager(withToken()), "vault:secret/data/long#k").hasMessageContaining("65536");
  }

  @Test
  void aServerThatDoesNotReplyIsWaitedForOnce() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      String url = "http://127.0.0.1:" + silent.getLocalPort();
      SecretManager manager =
          new SecretSources(
                  Map.of("VAULT_ADDR", url, "VAULT_TOKEN", "canary"), Duration.ofMillis(200))
              .pass();

      refused(manager, "vault:secret/data/a#k")
          .hasMessage(
              url
                  + " did not reply within 200 ms; check VAULT_ADDR, and VAULT_CACERT if it has TLS");
      silent.close();
      refused(manager, "vault:secret/data/b#k").hasMessageContaining("did not reply");
    }
  }

  @Test
  void aServerThatIsNotThereIsNamed() throws Exception {
    String url = vault.url();
    vault.close();
    vault = KeyValueServer.start();

    refused(
            manager(Map.of("VAULT_ADDR", url, "VAULT_TOKEN", "canary")),
            "vault:secret/data/serai#openai")
        .hasMessage(url + " cannot be reached; check VAULT_ADDR, and VAULT_CACERT if it has TLS");
  }

  @Test
  void whatIsMissingIsSaid() {
    refused(manager(Map.of()), "vault:secret/data/serai#openai")
        .hasMessageStartingWith("VAULT_ADDR is not set; set VAULT_ADDR");
    refused(manager(with()), "vault:secret/data/serai#openai")
        .hasMessage(
            "there is no token for "
                + vault.url()
                + "; set VAULT_TOKEN, VAULT_TOKEN_FILE, or VAULT_ROLE_ID with VAULT_SECRET_ID");
    refused(manager(with("VAULT_ROLE_ID", "serai")), "vault:secret/data/serai#openai")
        .hasMessageContaining("VAULT_SECRET_ID");
    refused(
            manager(Map.of("VAULT_ADDR", "vault:8200", "VAULT_TOKEN", "canary")),
            "vault:secret/data/serai#openai")
        .hasMessageStartingWith("VAULT_ADDR is not an http:// or https:// address");
  }

  @Test
  void tlsIsVerifiedWithTheCertificatesOfTheOperator() throws Exception {
    Path certificates = Files.createDirectory(folder.resolve("pki"));
    Pki pki = Pki.in(certificates, new Pki.Wanted("vault", "CN=vault", "ip:127.0.0.1"));
    try (KeyValueServer secure = KeyValueServer.start(pki.client("vault"))) {
      secure.keep(PATH, "{\"openai\":\"over-tls\"}");
      Map<String, String> environment =
          Map.of("VAULT_ADDR", secure.url(), "VAULT_TOKEN", secure.token());
      refused(manager(environment), "vault:secret/data/serai#openai")
          .hasMessageContaining("VAULT_CACERT");
      assertThat(secure.asked()).isEmpty();

      Map<String, String> trusting = new HashMap<>(environment);
      trusting.put("VAULT_CACERT", pki.certificate("ca").toString());
      assertThat(read(manager(trusting), "vault:secret/data/serai#openai")).isEqualTo("over-tls");

      trusting.put("VAULT_CACERT", file("none.pem", "no certificate").toString());
      refused(manager(trusting), "vault:secret/data/serai#openai")
          .hasMessageContaining("the certificates in VAULT_CACERT cannot be used");
    }
  }

  @Test
  void aFileIsReadWithoutVault() throws Exception {
    Path secret = file("secret", "\n  of the file \n");

    assertThat(read(manager(Map.of()), "file:" + secret)).isEqualTo("of the file");
    assertThat(vault.asked()).isEmpty();
  }

  @Test
  void aFileThatCannotBeASecretIsRefused() throws Exception {
    Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe});
    Path large = Files.write(folder.resolve("large"), new byte[65 * 1024]);
    SecretManager manager = manager(Map.of());

    refused(manager, "file:" + folder.resolve("none")).hasMessageContaining("does not exist");
    refused(manager, "file:" + folder).hasMessageContaining("it is not a file");
    refused(manager, "file:" + file("blank", " \n")).hasMessageContaining("is empty");
    refused(manager, "file:" + binary).hasMessageContaining("not text in UTF-8");
    refused(manager, "file:" + large)
        .hasMessageContaining("64 KiB, the most that a secret may have");
    assertThat(Files.readString(large, StandardCharsets.US_ASCII)).isNotEmpty();
  }

  @Test
  void whatHoldsATokenDoesNotShowIt() throws Exception {
    assertThat(VaultAccess.of(withToken()).toString()).doesNotContain("canary");
  }
}
