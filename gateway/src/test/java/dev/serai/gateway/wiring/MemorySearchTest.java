package dev.serai.gateway.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.serai.core.memory.MemoryChange;
import dev.serai.core.memory.MemoryPath;
import dev.serai.core.memory.Precondition;
import dev.serai.core.problem.CapacityProblem;
import dev.serai.memory.objects.DatabaseMemoryStore;
import dev.serai.memory.objects.StoredSize;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The store of memory objects and its index together. */
class MemorySearchTest extends IndexedMemory {
  private static final MemoryPath GONE = new MemoryPath("n", "gone");

  @Test
  void whatIsStoredIsFoundAtOnceAndWhatIsDeletedOrExpiredIsNot() {
    put("t", "n/a", "harbour", 0);
    assertThat(search("t", "harbour", 10)).containsExactly("n/a");
    put("t", "n/a", "mayor", 0);
    put("t", "n/b", "harbour", 10);
    assertThat(search("t", "harbour", 10)).containsExactly("n/b");
    millis.addAndGet(10_000);
    assertThat(search("t", "harbour", 10)).isEmpty();
    delete("t", "n/a");
    assertThat(search("t", "mayor", 10)).isEmpty();
  }

  /** Those that have expired would fit better. */
  @Test
  void anyNumberOfExpiredObjectsHidesNoLiveOne() {
    for (int i = 0; i < 30; i++) {
      put("t", "n/" + i, "harbour", 10);
    }
    put("t", "n/live", "the harbour of the town has a new mayor", 0);
    millis.addAndGet(10_000);
    assertThat(search("t", "harbour", 1)).containsExactly("n/live");
  }

  @Test
  void theSizeOfTheStoreAndOfTheIndexAndItsLagAreKnown() {
    put("t", "n/a", "harbour", 0);
    put("u", "n/a", "harbour", 0);
    put("u", "n/b", "harbour", 0);
    delete("u", "n/b");
    assertThat(store.size()).isEqualTo(new StoredSize(2, 2 * (512 + "n/a".length() + 18)));
    search("t", "harbour", 1);
    assertThat(indexer.objects()).isEqualTo(2);
    assertThat(indexer.lagNanos()).isLessThan(Duration.ofSeconds(20).toNanos());
    indexer.stop(STOP);
    skippedNanos.addAndGet(Duration.ofMinutes(1).toNanos());
    assertThat(indexer.objects()).isZero();
    assertThat(indexer.lagNanos()).isGreaterThan(Duration.ofSeconds(59).toNanos());
  }

  @Test
  void whatAnotherGatewayHasStoredCountsAfterTheNextSweep() {
    DatabaseMemoryStore mine = store;
    indexer.stop(STOP);
    feed.close();
    open();
    put("t", "n/a", "harbour", 0);
    skippedNanos.addAndGet(Duration.ofMinutes(1).toNanos());
    mine.forTenant("t").change(List.of(new MemoryChange.Delete(GONE, Precondition.NONE)));
    assertThat(mine.size().objects()).isEqualTo(1);
    mine.close();
  }

  @Test
  void aSearchWithoutAnIndexIsRefused() {
    indexer.stop(STOP);
    assertThatExceptionOfType(CapacityProblem.class)
        .isThrownBy(() -> search("t", "harbour", 1))
        .satisfies(refused -> assertThat(refused.code()).isEqualTo("memory_index_behind"));
  }

  @Test
  void theTurnsBesideOneAreFoundUnlessTheyCannotBe() {
    put("t", "session/s/3", "how was the harbour", 0);
    put("t", "session/s/4", "closed", 0);
    put("t", "session/s/2", "good evening", 60);
    put("u", "session/u/3", "the harbour", 0);
    put("t", "session/u/4", "of another tenant", 0);
    put("t", "notes/3", "the harbour of the town", 0);
    put("t", "notes/4", "no turn", 0);
    assertThat(search("t", "harbour", 10))
        .startsWith("session/s/3")
        .containsExactlyInAnyOrder("session/s/3", "session/s/4", "session/s/2", "notes/3");
    delete("t", "session/s/4");
    millis.addAndGet(61_000);
    assertThat(search("t", "harbour", 10)).containsExactlyInAnyOrder("session/s/3", "notes/3");
  }

  /** After any changes of several tenants, each finds exactly its own objects, by any word. */
  @Test
  void afterRandomChangesEachTenantFindsExactlyWhatItHasStored() {
    Random random = new Random(7);
    List<String> words = List.of("red", "green", "blue");
    Map<String, Map<String, String>> expected = new HashMap<>();
    for (int i = 0; i < 300; i++) {
      String tenant = "t" + random.nextInt(3);
      String path = "n/" + random.nextInt(5);
      Map<String, String> own = expected.computeIfAbsent(tenant, name -> new HashMap<>());
      if (random.nextInt(3) == 0) {
        delete(tenant, path);
        own.remove(path);
      } else {
        String word = words.get(random.nextInt(3));
        put(tenant, path, word, 0);
        own.put(path, word);
      }
      if (i == 150) {
        close();
        open();
      }
      if (i % 10 == 0) {
        String word = words.get(random.nextInt(3));
        List<String> found = new ArrayList<>(search(tenant, word, 10));
        assertThat(found)
            .containsExactlyInAnyOrderElementsOf(
                own.keySet().stream().filter(p -> own.get(p).equals(word)).toList());
      }
    }
  }
}
