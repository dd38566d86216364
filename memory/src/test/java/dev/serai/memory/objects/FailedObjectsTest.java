package dev.serai.memory.objects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.memory.search.MemoryHit;
import dev.serai.core.memory.search.MemoryIndex.Pending;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FailedObjectsTest {
  private static final Exception WHY = new IllegalStateException("broken");

  private static final int BATCH = 100;

  private final AtomicLong nanos = new AtomicLong(7);
  private final FailedObjects failed = new FailedObjects(nanos::get);

  private static Pending object(String path, long version) {
    return of("t", path, version);
  }

  private static Pending of(String tenant, String path, long version) {
    return new Pending(tenant, new MemoryHit(path, version, 1));
  }

  /** Lets new objects of a tenant fail until no others of it are tried; returns how many. */
  private int failAll(String tenant) {
    int count = 0;
    while (failed.isDue(of(tenant, "n/new", count))) {
      failed.failed(
          IntStream.range(count, count + BATCH).mapToObj(i -> of(tenant, "n/new", i)).toList(),
          WHY);
      count += BATCH;
    }
    return count;
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void anObjectIsTriedAgainAtGrowingIntervals() {
    Pending one = object("n/a", 1);
    for (int minutes = 1; minutes <= 256; minutes *= 2) {
      failed.failed(List.of(one), WHY);
      pass(Duration.ofMinutes(minutes).minusNanos(1));
      assertThat(failed.isDue(one)).isFalse();
      pass(Duration.ofNanos(1));
      assertThat(failed.isDue(one)).isTrue();
    }
    IntStream.range(0, 100).forEach(_ -> failed.failed(List.of(one), WHY));
    pass(Duration.ofHours(6));
    assertThat(failed.isDue(one)).isTrue();
    failed.succeeded(one);
    assertThat(failed.size()).isZero();
    assertThat(failed.total()).isEqualTo(109);
  }

  @Test
  void anotherVersionIsAnotherObject() {
    failed.failed(List.of(object("n/a", 1)), WHY);
    assertThat(failed.isDue(object("n/a", 2))).isTrue();
    assertThat(failed.isDue(object("n/a", 1))).isFalse();
  }

  @Test
  void whatDoesNotWaitAnyMoreIsForgotten() {
    failed.failed(List.of(object("n/a", 1), object("n/b", 2)), WHY);
    failed.begin();
    failed.isDue(object("n/b", 2));
    failed.forgetUnseen();
    assertThat(failed.size()).isEqualTo(1);
    assertThat(failed.isDue(object("n/b", 2))).isFalse();
  }

  @Test
  void theObjectsThatAreKeptAreBounded() {
    int all = IntStream.range(0, 100).map(tenant -> failAll("t" + tenant)).sum();
    assertThat(failed.size()).isEqualTo(all).isBetween(20_000, 20_000 + BATCH);
    assertThat(failed.isDue(object("n/next", 10_001))).isFalse();
  }

  @Test
  void aTenantWithManyLeavesRoomForTheObjectsOfOthers() {
    assertThat(failAll("t")).isEqualTo(10_000);
    assertThat(failed.isDue(of("other", "n/a", 1))).isTrue();
    assertThat(failAll("other")).isEqualTo(5_000);
    assertThat(failAll("third")).isEqualTo(2_500);
    failed.begin();
    failed.isDue(of("t", "n/new", 0));
    failed.forgetUnseen();
    failed.succeeded(of("t", "n/new", 0));
    assertThat(failed.size()).as("the others are deleted").isZero();
    assertThat(failAll("t")).isEqualTo(10_000);
  }
}
