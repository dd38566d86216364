package dev.serai.memory.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.responses.StoredResponse;
import dev.serai.core.responses.StoredResponses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class InMemoryResponseStoreTest {
  private final AtomicLong nanos = new AtomicLong();
  private final InMemoryResponseStore store =
      new InMemoryResponseStore(100, Duration.ofHours(1), nanos::get);
  private final StoredResponses ours = store.forTenant("ours");

  private record Some(String id, long weight) implements StoredResponse {
    @Override
    public Optional<String> provider() {
      return Optional.empty();
    }

    @Override
    public byte[] request() {
      return new byte[0];
    }

    @Override
    public Set<String> previousIds() {
      return Set.of();
    }

    @Override
    public byte[] response() {
      return new byte[0];
    }

    @Override
    public List<String> itemIds() {
      return List.of("item-of-" + id);
    }

    @Override
    public byte[] inputItems(Page page) {
      return new byte[0];
    }
  }

  @Test
  void aResponseIsFoundByItsIdAndItsItems() {
    ours.store(new Some("a", 10));
    assertThat(ours.find("a")).isPresent();
    assertThat(ours.findByItem("item-of-a")).isPresent();
    assertThat(ours.find("item-of-a")).isEmpty();
  }

  @Test
  void anotherTenantFindsAndDeletesNothing() {
    ours.store(new Some("a", 10));
    StoredResponses theirs = store.forTenant("theirs");
    assertThat(theirs.find("a")).isEmpty();
    assertThat(theirs.findByItem("item-of-a")).isEmpty();
    assertThat(theirs.delete("a")).isFalse();
    assertThat(ours.find("a")).isPresent();
  }

  @Test
  void theOldestIsRemovedWhenThereIsNoRoom() {
    ours.store(new Some("a", 40));
    ours.store(new Some("b", 40));
    ours.store(new Some("c", 40));
    assertThat(ours.find("a")).isEmpty();
    assertThat(ours.findByItem("item-of-a")).isEmpty();
    assertThat(ours.find("b")).isPresent();
    assertThat(store.bytes()).isEqualTo(80);
  }

  @Test
  void aResponseThatIsTooLargeIsNotStoredAndRemovesNoOther() {
    ours.store(new Some("a", 10));
    ours.store(new Some("huge", 101));
    assertThat(ours.find("huge")).isEmpty();
    assertThat(ours.find("a")).isPresent();
  }

  @Test
  void anExpiredResponseIsNotFound() {
    ours.store(new Some("a", 10));
    nanos.set(Duration.ofHours(1).toNanos() + 1);
    assertThat(ours.find("a")).isEmpty();
    ours.store(new Some("b", 10));
    assertThat(store.bytes()).isEqualTo(10);
  }

  @Test
  void aDeletedResponseTakesNoRoom() {
    ours.store(new Some("a", 10));
    assertThat(ours.delete("a")).isTrue();
    assertThat(ours.delete("a")).isFalse();
    assertThat(store.bytes()).isZero();
    ours.store(new Some("b", 10));
    ours.store(new Some("b", 20));
    assertThat(store.bytes()).isEqualTo(20);
  }

  @Test
  void anExpiredResponseCannotBeDeleted() {
    ours.store(new Some("a", 10));
    nanos.set(Duration.ofHours(1).toNanos() + 1);
    assertThat(ours.delete("a")).isFalse();
    assertThat(store.bytes()).isZero();
  }

  @Test
  void whatIsRemovedWhileManyThreadsStoreIsNotIndexed() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> done = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        done.add(
            threads.submit(
                () -> {
                  for (int n = 0; n < 20_000; n++) {
                    ours.store(new Some("id-" + n % 50, 60));
                  }
                }));
      }
      for (Future<?> each : done) {
        each.get(60, TimeUnit.SECONDS);
      }
    }
    nanos.set(Duration.ofHours(1).toNanos() + 1);
    ours.store(new Some("last", 10));
    assertThat(store.bytes()).isEqualTo(10);
    assertThat(store.indexed()).isEqualTo(2);
  }
}
