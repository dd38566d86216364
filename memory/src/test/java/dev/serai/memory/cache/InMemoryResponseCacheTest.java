package dev.serai.memory.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.cache.CachedResponse;
import dev.serai.core.cache.ResponseKey;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.RoutingCriteria;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InMemoryResponseCacheTest {
  private long now = 1;
  private final InMemoryResponseCache cache =
      new InMemoryResponseCache(() -> new InMemoryResponseCache.Bounds(1_000, 50), () -> now);

  private static ResponseKey key(String tenant, String request) {
    return new ResponseKey(
        tenant, "openai", "m", Set.of(new Candidate("p", "m")), RoutingCriteria.NONE, request, "");
  }

  private static CachedResponse response(String id, long bytes) {
    ChatResponse response = new ChatResponse(id, "m", 1, List.of(), Optional.empty());
    return new CachedResponse(response, OptionalLong.empty(), bytes);
  }

  private Optional<String> found(String tenant, String request) {
    return cache.find(key(tenant, request)).map(found -> found.response().id());
  }

  @Test
  void aResponseIsFoundByItsWholeKeyOnly() {
    cache.put(key("t", "a"), response("one", 10));
    assertThat(found("t", "a")).contains("one");
    assertThat(found("t", "b")).isEmpty();
    assertThat(found("u", "a")).isEmpty();
    cache.put(key("t", "a"), response("two", 20));
    assertThat(found("t", "a")).contains("two");
    assertThat(cache.bytes()).isEqualTo(20);
    assertThat(cache.size()).isEqualTo(1);
  }

  @Test
  void aResponseIsHeldForItsTime() {
    cache.put(key("t", "a"), response("one", 10));
    now += 49;
    assertThat(found("t", "a")).contains("one");
    now += 1;
    assertThat(found("t", "a")).isEmpty();
    assertThat(cache.bytes()).isZero();
  }

  @Test
  void theBoundHoldsAndWhatIsUsedStays() {
    cache.put(key("t", "used"), response("used", 100));
    for (int i = 0; i < 100; i++) {
      cache.put(key("t", "rare" + i), response("rare" + i, 100));
      assertThat(cache.bytes()).isLessThanOrEqualTo(1_000);
      assertThat(found("t", "used")).contains("used");
    }
    assertThat(found("t", "rare99")).contains("rare99");
    assertThat(found("t", "rare50")).isEmpty();
  }

  @Test
  void aResponseAboveHalfOfTheBoundIsNotHeld() {
    cache.put(key("t", "a"), response("large", 501));
    assertThat(found("t", "a")).isEmpty();
    cache.put(key("t", "a"), response("fits", 500));
    assertThat(found("t", "a")).contains("fits");
  }
}
