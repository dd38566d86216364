package dev.serai.memory.objects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.memory.search.MemoryHit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NeighbouringTurnsTest {
  private final List<Set<String>> looked = new ArrayList<>();

  private List<String> join(double floor, Set<String> stored, MemoryHit... hits)
      throws IOException {
    return NeighbouringTurns.join(List.of(hits), floor, paths -> lookup(paths, stored)).stream()
        .map(hit -> hit.path() + " " + hit.score())
        .toList();
  }

  private List<MemoryHit> lookup(Set<String> paths, Set<String> stored) {
    looked.add(paths);
    return paths.stream().filter(stored::contains).map(path -> hit(path, 0)).toList();
  }

  private static MemoryHit hit(String path, double score) {
    return new MemoryHit(path, 1, score);
  }

  @ParameterizedTest
  @CsvSource({
    "session/s1/7,session/s1/6 session/s1/8",
    "session/s1/turn-0099,session/s1/turn-0098 session/s1/turn-0100",
    "session/s1/0,session/s1/1",
    "session/s1/9,session/s1/8 session/s1/10",
    "session/s1/10,session/s1/9 session/s1/11",
    "tenant/acme/conversation/5/m3,tenant/acme/conversation/5/m2 tenant/acme/conversation/5/m4",
    "sessions/s1/a/1,sessions/s1/a/0 sessions/s1/a/2"
  })
  void theNeighboursOfATurnHaveTheNumbersBeforeAndAfterIt(String turn, String neighbours) {
    assertThat(NeighbouringTurns.neighbours(turn)).containsExactly(neighbours.split(" "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "orders/17",
        "mysession/17",
        "session/s1/last",
        "session/s1/v2-final",
        "session/s1/12345678901",
        "tenant/session"
      })
  void whatIsNotATurnHasNoNeighbours(String path) throws IOException {
    assertThat(NeighbouringTurns.neighbours(path)).isEmpty();
    assertThat(join(0, Set.of(), hit(path, 2), hit("b", 1)))
        .containsExactly(path + " 2.0", "b 1.0");
    assertThat(looked).isEmpty();
  }

  @Test
  void aTurnGetsHalfOfTheScoreOfItsNeighbours() throws IOException {
    assertThat(join(0, Set.of("session/s/2"), hit("session/s/3", 4), hit("session/s/4", 3)))
        .containsExactly("session/s/3 5.5", "session/s/4 5.0", "session/s/2 2.0");
    assertThat(looked).containsExactly(Set.of("session/s/2", "session/s/5"));
  }

  @Test
  void onlyWhatIsAboveTheFloorCounts() throws IOException {
    assertThat(join(0.5, Set.of("session/s/2"), hit("session/s/3", 1), hit("session/s/9", 0.5)))
        .containsExactly("session/s/3 1.0", "session/s/2 0.75", "session/s/9 0.5");
  }
}
