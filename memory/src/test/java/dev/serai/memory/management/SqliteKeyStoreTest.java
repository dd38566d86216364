package dev.serai.memory.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.caller.Authentication;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SqliteKeyStoreTest extends PromptStoreContract {
  @Override
  String url() {
    return "sqlite";
  }

  @Override
  Optional<String> pepper() {
    return Optional.empty();
  }

  @Test
  void theFirstKeyCreatesThePepperWhichOnlyItsOwnerMayRead() throws Exception {
    Path file = folder.resolve("api-keys.pepper");
    assertThat(file).doesNotExist();
    assertThat(first.snapshot().hasCredentials()).as("no key, no pepper").isFalse();

    String secret = first.keys().create(wanted("first")).secret();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(first.snapshot().hasCredentials()).isTrue();
    assertThat(Files.readString(file)).hasSize(64).doesNotContain(secret);
  }

  @Test
  void anEmptyPepperWhichAFullDiskLeavesIsNone() throws Exception {
    Path file = Files.createFile(folder.resolve("api-keys.pepper"));
    try (Opened later = open()) {
      assertThat(later.snapshot().hasCredentials()).isFalse();
      later.store().keys().create(wanted("first"));
    }
    assertThat(Files.readString(file)).hasSize(64);
  }

  @Test
  void aLostPepperLeavesTheGatewayClosed() throws Exception {
    String secret = first.keys().create(wanted("first")).secret();
    Files.delete(folder.resolve("api-keys.pepper"));
    try (Opened later = open()) {
      until(() -> later.snapshot().hasCredentials());
      assertThat(later.says(secret)).isInstanceOf(Authentication.Unknown.class);
    }
  }
}
