package dev.serai.memory.keys;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.memory.files.DamagedSecretException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamagedPepperTest {
  @TempDir Path folder;

  /** It is not replaced: the stored keys would never work again. */
  @Test
  void aDamagedPepperIsLeftAsItIsAndSaysWhereItIsAndWhatToDo() throws Exception {
    Path file = folder.resolve("api-keys.pepper");
    for (String damaged : List.of("0123456789", "not hexadecimal at all, but long enough for it")) {
      Files.writeString(file, damaged);
      Pepper pepper = new Pepper(Optional.empty(), folder, false, new SecureRandom());

      assertThatThrownBy(pepper::find)
          .isInstanceOf(DamagedSecretException.class)
          .hasMessageContaining(file.toString())
          .hasMessageContaining("restore it from a backup");
      assertThatThrownBy(pepper::create).isInstanceOf(DamagedSecretException.class);
    }
  }
}
