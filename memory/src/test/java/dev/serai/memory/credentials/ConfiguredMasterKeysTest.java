package dev.serai.memory.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.provider.credential.MasterKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfiguredMasterKeysTest {
  private static final String ONE = "one-0123456789abcdef0123456789abcdef";
  private static final String TWO = "two-0123456789abcdef0123456789abcdef";

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);

  @TempDir Path folder;

  private ConfiguredMasterKeys keys(Optional<String> text, Optional<Path> file, boolean shared) {
    return new ConfiguredMasterKeys(
        new ConfiguredMasterKeys.Sources(text, file, folder, shared), new SecureRandom(), now::get);
  }

  private static List<String> ids(List<MasterKey> keys) {
    return keys.stream().map(MasterKey::id).toList();
  }

  @Test
  void theFirstOfSeveralEncrypts() throws IOException {
    List<MasterKey> read = keys(Optional.of(ONE + ", " + TWO), Optional.empty(), true).read(true);
    assertThat(ids(read)).containsExactly(new MasterKey(ONE).id(), new MasterKey(TWO).id());
    assertThat(read.toString()).doesNotContain(ONE);
  }

  @Test
  void aFileIsReadEachTimeSoThatItCanBeChangedWithoutARestart() throws IOException {
    Path file = Files.writeString(folder.resolve("masters"), ONE + "\n");
    ConfiguredMasterKeys keys = keys(Optional.empty(), Optional.of(file), true);
    assertThat(ids(keys.read(false))).containsExactly(new MasterKey(ONE).id());
    Files.writeString(file, TWO + "\n" + ONE + "\n");
    assertThat(ids(keys.read(false)))
        .containsExactly(new MasterKey(TWO).id(), new MasterKey(ONE).id());
    Files.writeString(file, "too short");
    assertThatThrownBy(() -> keys.read(false))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("32 characters");
  }

  @Test
  void whatMayBeHalfAMasterKeyDecryptsButDoesNotEncrypt() throws IOException {
    Path file = Files.writeString(folder.resolve("masters"), ONE);
    ConfiguredMasterKeys keys = keys(Optional.empty(), Optional.of(file), true);
    Instant written = Files.getLastModifiedTime(file).toInstant();
    now.set(written.plusMillis(900));
    assertThat(ids(keys.read(false))).containsExactly(new MasterKey(ONE).id());
    assertThatThrownBy(() -> keys.read(true))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("may be incomplete");
    now.set(written.plusSeconds(1));
    assertThat(ids(keys.read(true))).containsExactly(new MasterKey(ONE).id());
  }

  @Test
  void aMasterKeyOfItsOwnThatIsCutIsNotUsed() throws IOException {
    ConfiguredMasterKeys keys = keys(Optional.empty(), Optional.empty(), false);
    keys.read(true);
    Path file = folder.resolve("provider-credentials.key");
    Files.writeString(file, Files.readString(file).substring(0, 40));
    assertThatThrownBy(() -> keys.read(true))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is incomplete");
  }

  @Test
  void besideSqliteOneIsCreatedWithTheFirstCredentialWhichOnlyItsOwnerMayRead() throws IOException {
    ConfiguredMasterKeys keys = keys(Optional.empty(), Optional.empty(), false);
    assertThat(keys.mayExist()).isFalse();
    assertThat(keys.read(false)).isEmpty();
    List<MasterKey> created = keys.read(true);
    Path file = folder.resolve("provider-credentials.key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(ids(keys.read(false))).isEqualTo(ids(created));
    assertThat(keys(Optional.empty(), Optional.empty(), true).read(true)).isEmpty();
  }
}
