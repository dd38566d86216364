package dev.serai.memory.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.problem.CallerProblem;
import dev.serai.core.provider.credential.CredentialStore;
import dev.serai.core.provider.credential.ProviderCredential;
import dev.serai.memory.database.Database;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Keys of providers that are stored, on every database, with two gateways on one database. */
abstract class CredentialStoreContract extends RoleStoreContract {
  private static final String KEY = "sk-provider-canary-0123456789-wxyz";
  private static final String OLD = "master-old-0123456789abcdef-000001";
  private static final String NEW = "master-new-0123456789abcdef-000002";

  private static CredentialStore of(Opened gateway) {
    return gateway.store().credentials();
  }

  private Opened openWith(String masters) throws InterruptedException {
    masterKey = Optional.of(masters);
    return open();
  }

  @Test
  void aStoredKeyIsKnownAtOnceHereAndSoonInEveryOtherGatewayUntilItIsDeleted() {
    ProviderCredential stored = of(first).create("openai", KEY);
    assertThat(of(first).current()).isEqualTo(Map.of("openai", List.of(KEY)));
    until(() -> of(second).current().equals(of(first).current()));
    assertThat(of(second).list()).containsExactly(stored);
    assertThat(stored.hint()).isEqualTo("...wxyz");
    assertThat(of(first).create("openai", "short").hint()).isEqualTo("...");
    assertThat(of(first).current().get("openai")).containsExactlyInAnyOrder(KEY, "short");

    assertThat(of(second).delete(stored.id())).isTrue();
    assertThat(of(second).delete(stored.id())).isFalse();
    until(() -> of(first).current().equals(Map.of("openai", List.of("short"))));
  }

  @Test
  void theDatabaseHasNoKeyAndTheSameKeyTwiceLooksDifferent() throws Exception {
    of(first).create("openai", KEY);
    of(first).create("acme", KEY);
    try (Connection connection = new Database(url(), folder).connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT * FROM provider_credential")) {
      assertThat(row.next()).isTrue();
      byte[] one = row.getBytes("ciphertext");
      assertThat(row.next()).isTrue();
      assertThat(row.getBytes("ciphertext")).isNotEqualTo(one).hasSize(KEY.length() + 16);
      assertThat(new String(one, StandardCharsets.ISO_8859_1)).doesNotContain("canary");
    }
  }

  @Test
  void aKeyIsStoredOnceForAProvider() {
    ProviderCredential stored = of(first).create("openai", KEY);
    assertThatThrownBy(() -> of(second).create("openai", KEY))
        .isInstanceOfSatisfying(
            CallerProblem.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(409);
              assertThat(problem.code()).isEqualTo("credential_exists");
            })
        .hasMessageContaining(stored.id())
        .hasMessageNotContaining(KEY);
    assertThat(of(first).list()).containsExactly(stored);
  }

  @Test
  void aCiphertextThatIsMovedToAnotherProviderIsNotUsed() throws Exception {
    of(first).create("openai", KEY);
    try (Connection connection = new Database(url(), folder).connect();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("UPDATE provider_credential SET provider = 'evil' WHERE 1 = 1");
    }
    try (Opened later = open()) {
      assertThat(of(later).current()).isEmpty();
      assertThat(of(later).list()).singleElement().matches(each -> !each.usable());
    }
  }

  @Test
  void aMissingFileOfTheMasterKeysIsAMissingMasterKey() throws Exception {
    of(first).create("openai", KEY);
    masterKey = Optional.empty();
    masterKeyFile = Optional.of(folder.resolve("none"));
    try (Opened without = open()) {
      assertThatThrownBy(() -> of(without).create("openai", "other"))
          .isInstanceOfSatisfying(
              CallerProblem.class,
              problem -> {
                assertThat(problem.status()).isEqualTo(409);
                assertThat(problem.code()).isEqualTo("master_key_missing");
                assertThat(problem.message())
                    .contains("cannot read the file of its master keys")
                    .doesNotContain("Exception", folder.toString());
              });
      assertThatThrownBy(() -> of(without).reencrypt())
          .isInstanceOfSatisfying(
              CallerProblem.class, p -> assertThat(p.code()).isEqualTo("master_key_missing"));
      assertThat(of(without).list()).singleElement().matches(each -> !each.usable());
    }
  }

  @Test
  void aFileOfMasterKeysThatWasReadWhileItWasWrittenIsReadAgain() throws Exception {
    Path file = Files.writeString(folder.resolve("masters"), NEW);
    masterKey = Optional.empty();
    masterKeyFile = Optional.of(file);
    try (Opened before = open()) {
      of(before).create("openai", KEY);
    }
    Files.writeString(file, NEW.substring(0, NEW.length() - 1));
    try (Opened half = open()) {
      assertThat(of(half).current()).isEmpty();
      Files.writeString(file, NEW);
      until(() -> of(half).current().equals(Map.of("openai", List.of(KEY))));
    }
  }

  @Test
  void nothingIsEncryptedWithAFileOfMasterKeysThatMayBeIncomplete() throws Exception {
    Path file = Files.writeString(folder.resolve("masters"), NEW);
    Files.setLastModifiedTime(file, FileTime.from(now.get().minusMillis(999)));
    masterKey = Optional.empty();
    masterKeyFile = Optional.of(file);
    try (Opened gateway = open()) {
      assertThatThrownBy(() -> of(gateway).create("openai", KEY))
          .isInstanceOfSatisfying(
              CallerProblem.class, p -> assertThat(p.code()).isEqualTo("master_key_missing"))
          .hasMessageContaining("wait until it is complete");
      now.set(now.get().plusMillis(1));
      assertThat(of(gateway).create("openai", KEY).usable()).isTrue();
    }
  }

  @Test
  void anOldMasterKeyDecryptsUntilAllIsEncryptedWithTheNewOne() throws Exception {
    try (Opened before = openWith(OLD)) {
      of(before).create("openai", KEY);
    }
    try (Opened without = openWith(NEW)) {
      assertThat(of(without).current()).as("the old one is missing").isEmpty();
      assertThatThrownBy(() -> of(without).reencrypt())
          .isInstanceOfSatisfying(
              CallerProblem.class, p -> assertThat(p.code()).isEqualTo("master_key_missing"));
    }
    try (Opened both = openWith(NEW + "," + OLD)) {
      assertThat(of(both).current()).isEqualTo(Map.of("openai", List.of(KEY)));
      assertThat(of(both).reencrypt()).isEqualTo(1);
      assertThat(of(both).reencrypt()).isZero();
    }
    try (Opened after = openWith(NEW)) {
      assertThat(of(after).current()).isEqualTo(Map.of("openai", List.of(KEY)));
    }
  }

  @Test
  void withoutAMasterKeyNothingIsStored() throws Exception {
    masterKey = Optional.empty();
    try (Opened gateway = open()) {
      assertThatThrownBy(() -> of(gateway).create("openai", KEY))
          .isInstanceOfSatisfying(
              CallerProblem.class, p -> assertThat(p.code()).isEqualTo("master_key_missing"));
      assertThat(of(gateway).list()).isEmpty();
    }
  }
}
