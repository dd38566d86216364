package dev.serai.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.gateway.identity.NonceFile.Use;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nonces are accepted once, within their time. */
class NonceFileTest {
  @TempDir Path folder;

  @Test
  void aNonceIsUsedOnceAlsoAfterTheFileIsOpenedAgain() throws IOException {
    assertThat(NonceFile.open(folder).use(1, 2, 100, 400)).isEqualTo(Use.FIRST);
    NonceFile again = NonceFile.open(folder);
    assertThat(again.use(1, 2, 399, 700)).isEqualTo(Use.AGAIN);
    assertThat(again.use(1, 3, 399, 700)).isEqualTo(Use.FIRST);
    assertThat(again.use(1, 2, 400, 700)).isEqualTo(Use.FIRST);
    Path file = folder.resolve("nonces");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void aFileOfAnotherLengthIsMadeAnew() throws IOException {
    Files.writeString(folder.resolve("nonces"), "something else");
    assertThat(NonceFile.open(folder, 64).use(1, 2, 100, 400)).isEqualTo(Use.FIRST);
    assertThat(folder.resolve("nonces")).hasSize(64 * 24);
  }

  @Test
  void aFullFileForgetsNoNonceBeforeItsTime() throws IOException {
    NonceFile nonces = NonceFile.open(folder, 64);
    for (int i = 0; i < 64; i++) {
      assertThat(nonces.use(i, i, 100, 400)).isEqualTo(Use.FIRST);
    }
    assertThat(nonces.use(99, 99, 100, 400)).isEqualTo(Use.FULL);
    assertThat(nonces.use(7, 7, 399, 400)).isEqualTo(Use.AGAIN);
    assertThat(nonces.use(99, 99, 400, 700)).isEqualTo(Use.FIRST);
  }

  @Test
  void aClockThatJumpsAheadAndBackMakesNoUsedNonceNew() throws IOException {
    NonceFile nonces = NonceFile.open(folder, 1024);
    assertThat(nonces.use(7, 1, 1_000, 1_300)).isEqualTo(Use.FIRST);
    for (int i = 2; i < 50; i++) { // with the same first slot
      assertThat(nonces.use(7, i, 4_600, 4_900)).isEqualTo(Use.FIRST);
    }
    assertThat(nonces.use(7, 1, 1_010, 1_310)).isEqualTo(Use.AGAIN);
    assertThat(nonces.use(7, 99, 1_010, 1_310)).isEqualTo(Use.FIRST);
  }

  /** Compared with a map, over many nonces with colliding slots and different times. */
  @Test
  void itIsAMapOfNoncesToTheirTimes() throws IOException {
    NonceFile nonces = NonceFile.open(folder, 1024);
    Random random = new Random(20_261_129);
    Map<Long, Long> expected = new HashMap<>();
    for (int i = 0; i < 50_000; i++) {
      long now = 1_000 + i / 50;
      long nonce = random.nextInt(2_000);
      boolean used = expected.getOrDefault(nonce, 0L) > now;
      long until = now + 1 + random.nextInt(10);
      Use use = nonces.use(nonce * 8, nonce, now, until);
      if (use == Use.FULL) {
        assertThat(used).isFalse();
      } else {
        assertThat(use).isEqualTo(used ? Use.AGAIN : Use.FIRST);
      }
      if (use == Use.FIRST) {
        expected.put(nonce, until);
      }
    }
  }

  @Test
  void ofManyThreadsWithOneNonceOneIsFirst() throws Exception {
    NonceFile nonces = NonceFile.open(folder, 1024);
    AtomicInteger first = new AtomicInteger();
    Thread[] threads = new Thread[8];
    for (int t = 0; t < threads.length; t++) {
      threads[t] =
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = 0; i < 500; i++) {
                      first.addAndGet(nonces.use(i, i, 100, 400) == Use.FIRST ? 1 : 0);
                    }
                  });
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(first).hasValue(500);
  }
}
