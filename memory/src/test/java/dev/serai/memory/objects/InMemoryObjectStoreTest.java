package dev.serai.memory.objects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.memory.MemoryChange;
import dev.serai.core.memory.MemoryOutcome;
import dev.serai.core.memory.MemoryPath;
import dev.serai.core.memory.Precondition;
import dev.serai.core.memory.TenantMemory;
import dev.serai.core.memory.search.MemoryFeed;
import dev.serai.core.memory.search.MemoryHit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** One process has one store; both gateways of the contract are this one. */
class InMemoryObjectStoreTest extends MemoryStoreContract {
  private static final MemoryFeed.Limit ALL = new MemoryFeed.Limit(100, 10_000);

  private final AtomicLong now = new AtomicLong(1000);
  private Optional<InMemoryObjectStore> shared = Optional.empty();

  @Override
  protected Opened open(long quota, InstantSource clock, BackgroundThreads threads) {
    InMemoryObjectStore store =
        shared.orElseGet(
            () ->
                new InMemoryObjectStore(
                    new InMemoryObjectStore.Limits(quota, 1_000_000), clock, "id"));
    shared = Optional.of(store);
    return new Opened() {
      @Override
      public TenantMemory forTenant(String tenant) {
        return store.forTenant(tenant);
      }

      @Override
      public void close() {
        shared = Optional.empty();
      }
    };
  }

  private InMemoryObjectStore bounded(long heapBytes) {
    return new InMemoryObjectStore(
        new InMemoryObjectStore.Limits(100_000, heapBytes),
        () -> Instant.ofEpochMilli(now.get()),
        "id");
  }

  private static MemoryOutcome put(
      InMemoryObjectStore store, String tenant, String key, boolean evictable) {
    MemoryChange.Put put =
        new MemoryChange.Put(
            new MemoryPath("n", key),
            "1".repeat(1000).getBytes(UTF_8),
            evictable ? Optional.of(Duration.ofSeconds(1)) : Optional.empty(),
            evictable,
            List.of(),
            Precondition.NONE);
    return store.forTenant(tenant).change(List.of(put)).getFirst();
  }

  private static void delete(InMemoryObjectStore store, String tenant, String key) {
    store
        .forTenant(tenant)
        .change(List.of(new MemoryChange.Delete(new MemoryPath("n", key), Precondition.NONE)));
  }

  @Test
  void whatAllTenantsHaveTogetherIsBounded() {
    InMemoryObjectStore store = bounded(3 * 1515);
    assertThat(put(store, "t", "a", false)).isInstanceOf(MemoryOutcome.Stored.class);
    assertThat(put(store, "u", "a", true)).isInstanceOf(MemoryOutcome.Stored.class);
    assertThat(put(store, "v", "a", false)).isInstanceOf(MemoryOutcome.Stored.class);
    assertThat(put(store, "v", "b", false))
        .as("nothing of another tenant is removed")
        .isInstanceOf(MemoryOutcome.Refused.class);
    assertThat(put(store, "u", "b", false))
        .as("of its own, the evictable ones")
        .isInstanceOf(MemoryOutcome.Stored.class);
    assertThat(store.forTenant("u").find(new MemoryPath("n", "a"))).isEmpty();
    assertThat(store.size()).isEqualTo(new StoredSize(3, 3 * 1515));
  }

  @Test
  void whatHasExpiredOfOtherTenantsMakesRoom() {
    InMemoryObjectStore store = bounded(1515);
    put(store, "t", "a", true);
    assertThat(put(store, "u", "a", false)).isInstanceOf(MemoryOutcome.Refused.class);
    now.addAndGet(1000);
    assertThat(put(store, "u", "a", false)).isInstanceOf(MemoryOutcome.Stored.class);
    assertThat(store.size().objects()).isEqualTo(1);
  }

  @Test
  void theFeedHasTheLastChangeOfEachObjectInPages() {
    InMemoryObjectStore store = bounded(1_000_000);
    put(store, "t", "a", false);
    put(store, "t", "b", false);
    put(store, "u", "a", false);
    put(store, "t", "a", false);
    delete(store, "t", "b");
    MemoryFeed.Page page = store.after(0, ALL);
    assertThat(page.changes())
        .extracting(change -> change.tenant() + change.path() + change.object().isPresent())
        .containsExactly("un/atrue", "tn/atrue", "tn/bfalse");
    assertThat(page.upTo()).isEqualTo(5).isEqualTo(store.head().last());
    assertThat(store.after(0, new MemoryFeed.Limit(100, 10)).upTo()).isEqualTo(3);
    assertThat(store.after(3, new MemoryFeed.Limit(1, 10_000)).upTo()).isEqualTo(4);
    assertThat(store.after(5, ALL).upTo()).isEqualTo(5);
    assertThat(store.head()).isEqualTo(new MemoryFeed.Head("id", 5, 0));
  }

  @Test
  void deletionsThatTheFeedForgetsAreBehindItsBeginning() {
    InMemoryObjectStore store = bounded(1_000_000);
    for (int i = 0; i < 10_001; i++) {
      put(store, "t", "a", false);
      delete(store, "t", "a");
    }
    assertThat(store.head().complete()).isEqualTo(2);
    assertThat(store.after(0, ALL).changes().getFirst().version()).isEqualTo(4);
  }

  @Test
  void aHitOfAnotherVersionOrTenantIsLeftOut() {
    InMemoryObjectStore store = bounded(1_000_000);
    put(store, "t", "a", false);
    put(store, "t", "b", false);
    List<MemoryHit> hits =
        List.of(new MemoryHit("n/b", 2, 3), new MemoryHit("n/a", 9, 2), new MemoryHit("n/a", 1, 1));
    assertThat(store.read("t", hits, 10))
        .extracting(found -> found.object().entry().path().key() + found.score())
        .containsExactly("b3.0", "a1.0");
    assertThat(store.read("t", hits, 1)).hasSize(1);
    assertThat(store.read("u", hits, 10)).isEmpty();
  }
}
