package dev.serai.gateway.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.config.Settings;
import dev.serai.config.annotation.Secret;
import dev.serai.core.secret.SecretException;
import dev.serai.core.secret.SecretReference;
import dev.serai.gateway.Gateway;
import dev.serai.gateway.LogLines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets while a gateway serves: they are read again, and kept while they cannot be. */
class HeldSecretsTest {
  @TempDir Path folder;
  private final AtomicLong now = new AtomicLong();
  private Path file;
  private SecretReference reference;
  private HeldSecrets secrets;

  @BeforeEach
  void start() throws Exception {
    file = Files.writeString(folder.resolve("secret"), "first-canary");
    reference = new SecretReference("file", file.toString(), "");
    secrets = new HeldSecrets(new SecretSources(Map.of()), settings(file), now::get);
  }

  /** Settings with a key in that file. */
  private Settings settings(Path key) {
    return Gateway.settings(Map.of("OPENAI_API_KEY", "file:" + key), folder);
  }

  private String held() throws Exception {
    return secrets.pass().read(reference);
  }

  @Test
  void aChangedSecretIsFoundAfterThePauseAndNotBefore() throws Exception {
    Files.writeString(file, "second-canary");
    now.addAndGet(Duration.ofSeconds(59).toNanos());
    secrets.refreshIfDue();
    assertThat(secrets.unapplied()).isEmpty();
    assertThat(held()).isEqualTo("first-canary");

    now.addAndGet(Duration.ofSeconds(1).toNanos());
    secrets.refreshIfDue();
    secondRead();
    assertThat(secrets.unapplied()).containsOnlyKeys(reference);
    assertThat(held()).isEqualTo("second-canary");
  }

  /** Files are read again a second after a change of them was seen. */
  private void secondRead() {
    now.addAndGet(Duration.ofSeconds(1).toNanos());
    secrets.refreshIfDue();
  }

  @Test
  void aFileThatIsBeingWrittenIsNotUsedBeforeItIsReadTwiceTheSame() throws Exception {
    for (String part : List.of("s", "second", "second-can")) {
      Files.writeString(file, part);
      now.addAndGet(Duration.ofMinutes(1).toNanos());
      secrets.refreshIfDue();
      assertThat(held()).isEqualTo("first-canary");
    }
    Files.writeString(file, "second-canary");
    now.addAndGet(Duration.ofMillis(999).toNanos());
    secrets.refreshIfDue();
    now.addAndGet(Duration.ofMillis(1).toNanos());
    secrets.refreshIfDue();
    assertThat(secrets.unapplied()).as("it has changed again").isEmpty();
    secondRead();
    assertThat(secrets.unapplied()).containsOnlyKeys(reference);
    assertThat(held()).isEqualTo("second-canary");
  }

  @Test
  void aFileThatIsEmptyBetweenTwoReadsIsNotUsed() throws Exception {
    Files.writeString(file, "second");
    secrets.refresh();
    Files.writeString(file, "");
    secondRead();
    Files.writeString(file, "second");
    secondRead();
    assertThat(held()).isEqualTo("first-canary");
  }

  @Test
  void aChangedSecretOfVaultIsUsedAtOnce() throws Exception {
    try (KeyValueServer vault = KeyValueServer.start()) {
      vault.keep("secret/data/serai", "{\"key\":\"first\"}");
      SecretSources sources =
          new SecretSources(Map.of("VAULT_ADDR", vault.url(), "VAULT_TOKEN", vault.token()));
      SecretReference kept = SecretReference.parse("vault:secret/data/serai#key");
      Settings settings =
          Gateway.settings(
              Map.of(
                  "OPENAI_API_KEY", kept.toString(),
                  "VAULT_ADDR", vault.url(),
                  "VAULT_TOKEN", vault.token()),
              folder);
      secrets = new HeldSecrets(sources, settings, now::get);
      vault.keep("secret/data/serai", "{\"key\":\"second\"}");
      secrets.refresh();
      assertThat(secrets.pass().read(kept)).isEqualTo("second");
    }
  }

  @Test
  void aChangedSecretIsToBeAppliedUntilSettingsWithItAreInForce() throws Exception {
    Files.writeString(file, "second-canary");
    secrets.refreshForEdit();
    now.addAndGet(Duration.ofHours(1).toNanos());
    secrets.refreshIfDue();
    assertThat(secrets.unapplied()).containsOnlyKeys(reference);

    Map<SecretReference, Secret> refused = secrets.unapplied();
    Files.writeString(file, "third-canary");
    secrets.refresh();
    secondRead();
    assertThat(secrets.unapplied()).containsOnlyKeys(reference).isNotEqualTo(refused);
    assertThat(secrets.unapplied().toString()).doesNotContain("canary");

    secrets.keep(settings(file));
    assertThat(secrets.unapplied()).isEmpty();
    assertThat(held()).isEqualTo("third-canary");
  }

  @Test
  void aSecretThatCannotBeReadKeepsItsValueAndIsLoggedOnce() throws Exception {
    Files.delete(file);
    List<String> logged =
        LogLines.of(
            HeldSecrets.class,
            () -> {
              secrets.refresh();
              secrets.refresh();
            });
    assertThat(secrets.unapplied()).isEmpty();
    assertThat(held()).isEqualTo("first-canary");
    assertThat(logged)
        .singleElement()
        .asString()
        .startsWith("WARNING " + reference + " cannot be read again, so its value stays in force")
        .contains("does not exist")
        .doesNotContain("canary");

    Files.writeString(file, "first-canary");
    assertThat(LogLines.of(HeldSecrets.class, secrets::refresh))
        .containsExactly("INFO " + reference + " can be read again");
  }

  @Test
  void aNewReferenceIsReadAndOnlyThoseInForceAreKept() throws Exception {
    Path other = Files.writeString(folder.resolve("other"), "other");
    SecretReference added = new SecretReference("file", other.toString(), "");
    assertThat(secrets.pass().read(added)).isEqualTo("other");

    secrets.keep(settings(other));
    Files.delete(file);
    assertThat(LogLines.of(HeldSecrets.class, secrets::refresh)).isEmpty();
    Files.writeString(other, "changed");
    secrets.refresh();
    secondRead();
    assertThat(secrets.unapplied()).containsOnlyKeys(added);
  }

  /** An admin may store a key meanwhile, which reads the settings too. */
  @Test
  void aValueThatWasReadWhileOtherSettingsWereReadIsNotLost() throws Exception {
    Settings meanwhile = settings(file);
    Files.writeString(file, "second-canary");
    secrets.refresh();
    secondRead();
    secrets.keep(meanwhile);
    assertThat(held()).isEqualTo("second-canary");
    assertThat(secrets.unapplied()).containsOnlyKeys(reference);
  }

  @Test
  void thePauseIsThatOfTheSettingsInForce() throws Exception {
    Files.writeString(folder.resolve("serai.yaml"), "secrets: {refresh: 2s}");
    secrets.keep(settings(file));
    Files.writeString(file, "second-canary");
    now.addAndGet(Duration.ofMillis(1_999).toNanos());
    secrets.refreshIfDue();
    assertThat(secrets.unapplied()).isEmpty();
    now.addAndGet(Duration.ofMillis(1).toNanos());
    secrets.refreshIfDue();
    secondRead();
    assertThat(secrets.unapplied()).containsOnlyKeys(reference);
  }

  /** The settings are tried again twice a second while one of their secrets cannot be read. */
  @Test
  void aReferenceThatCannotBeReadIsAskedForEveryTenSecondsOnly() {
    try (KeyValueServer vault = KeyValueServer.start()) {
      SecretSources sources =
          new SecretSources(Map.of("VAULT_ADDR", vault.url(), "VAULT_TOKEN", vault.token()));
      secrets = new HeldSecrets(sources, settings(file), now::get);
      SecretReference absent = SecretReference.parse("vault:secret/data/absent#key");
      for (int i = 0; i < 20; i++) {
        assertThatThrownBy(() -> secrets.pass().read(absent)).hasMessageContaining("404");
        now.addAndGet(Duration.ofMillis(499).toNanos());
      }
      assertThat(vault.asked()).hasSize(1);

      vault.keep("secret/data/absent", "{\"key\":\"there\"}");
      now.addAndGet(Duration.ofMillis(21).toNanos());
      assertThatCode(() -> secrets.pass().read(absent)).doesNotThrowAnyException();
      assertThat(vault.asked()).hasSize(2);
    }
  }

  @Test
  void aFileThatIsCorrectedIsReadWithTheNextEdit() throws Exception {
    Path late = folder.resolve("late");
    SecretReference absent = new SecretReference("file", late.toString(), "");
    assertThatThrownBy(() -> secrets.pass().read(absent)).isInstanceOf(SecretException.class);

    Files.writeString(late, "canary");
    assertThat(secrets.pass().read(absent)).isEqualTo("canary");
  }

  @Test
  void anEditReadsAllAgainUnlessItHasJustBeenRefused() throws Exception {
    SecretReference absent = new SecretReference("file", folder.resolve("absent").toString(), "");
    Files.writeString(file, "second-canary");
    assertThatThrownBy(() -> secrets.pass().read(absent)).isInstanceOf(SecretException.class);
    secrets.refreshForEdit();
    assertThat(held()).isEqualTo("first-canary");
    now.addAndGet(Duration.ofSeconds(10).toNanos());
    secrets.refreshForEdit();
    secondRead();
    assertThat(held()).isEqualTo("second-canary");
  }
}
