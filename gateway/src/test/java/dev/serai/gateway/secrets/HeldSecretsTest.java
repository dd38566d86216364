package dev.serai.gateway.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.config.annotation.Secret;
import dev.serai.core.secret.SecretReference;
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
    secrets =
        new HeldSecrets(
            new SecretSources(Map.of()), Map.of(reference, new Secret("first-canary")), now::get);
  }

  private String held() throws Exception {
    return secrets.pass().read(reference);
  }

  @Test
  void aChangedSecretIsFoundWithinAMinuteAndNotBefore() throws Exception {
    Files.writeString(file, "second-canary");
    now.addAndGet(Duration.ofSeconds(59).toNanos());
    assertThat(secrets.refreshIfDue()).isEmpty();
    assertThat(held()).isEqualTo("first-canary");

    now.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(secrets.refreshIfDue()).containsExactly(reference);
    assertThat(held()).isEqualTo("second-canary");
    assertThat(secrets.refreshIfDue()).isEmpty();
    now.addAndGet(Duration.ofMinutes(1).toNanos());
    assertThat(secrets.refreshIfDue()).isEmpty();
  }

  @Test
  void aSecretThatCannotBeReadKeepsItsValueAndIsLoggedOnce() throws Exception {
    Files.delete(file);
    List<String> logged =
        LogLines.of(
            HeldSecrets.class,
            () -> {
              assertThat(secrets.refresh()).isEmpty();
              assertThat(secrets.refresh()).isEmpty();
            });
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

    secrets.keep(Map.of(added, new Secret("other")));
    Files.delete(file);
    assertThat(LogLines.of(HeldSecrets.class, secrets::refresh)).isEmpty();
    Files.writeString(other, "changed");
    assertThat(secrets.refresh()).containsExactly(added);
  }
}
