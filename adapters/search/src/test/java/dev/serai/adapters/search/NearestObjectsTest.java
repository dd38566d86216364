package dev.serai.adapters.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.serai.adapters.search.LuceneMemoryIndex.Content;
import dev.serai.core.memory.MemoryEntry;
import dev.serai.core.memory.MemoryObject;
import dev.serai.core.memory.MemoryPath;
import dev.serai.core.memory.search.MemoryFeed.Change;
import dev.serai.core.memory.search.MemoryHit;
import dev.serai.core.memory.search.MemoryIndex.Embedded;
import dev.serai.core.memory.search.MemoryIndex.Pending;
import dev.serai.core.memory.search.MemoryIndex.Position;
import dev.serai.core.memory.search.MemorySearch;
import dev.serai.core.memory.search.MemorySearch.Filter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Search by embeddings; those of the tests are random, which is hardest for an approximate one. */
class NearestObjectsTest {
  private static final int DIMENSION = 64;
  private static final Instant NOW = Instant.ofEpochSecond(1000);

  @TempDir Path folder;
  private final Random random = new Random(11);
  private LuceneMemoryIndex index;
  private Optional<Instant> expires = Optional.empty();
  private long version;

  @BeforeEach
  void open() throws IOException {
    index = open("random");
  }

  private LuceneMemoryIndex open(String model) throws IOException {
    return LuceneMemoryIndex.open(
        folder, new Content(json -> new String(json, UTF_8), Optional.of(model)));
  }

  @AfterEach
  void close() throws IOException {
    index.close();
  }

  private float[] embedding() {
    float[] numbers = new float[DIMENSION];
    double square = 0;
    for (int i = 0; i < DIMENSION; i++) {
      numbers[i] = (float) random.nextGaussian();
      square += numbers[i] * numbers[i];
    }
    for (int i = 0; i < DIMENSION; i++) {
      numbers[i] /= (float) Math.sqrt(square);
    }
    return numbers;
  }

  private MemoryObject object(String path, String... tags) {
    version++;
    MemoryEntry entry =
        new MemoryEntry(
            MemoryPath.of(List.of(path.split("/"))),
            version,
            4,
            Instant.EPOCH,
            Instant.ofEpochSecond(version),
            expires,
            false,
            List.of(tags));
    return new MemoryObject(entry, "text".getBytes(UTF_8));
  }

  private Embedded stored(String tenant, String path, float[] numbers, String... tags)
      throws IOException {
    MemoryObject object = object(path, tags);
    index.apply(List.of(new Change(version, tenant, path, Optional.of(object))));
    Pending pending = new Pending(tenant, new MemoryHit(path, version, 0));
    return new Embedded(pending, object, Optional.of(numbers));
  }

  private void deleted(String tenant, String path) throws IOException {
    version++;
    index.apply(List.of(new Change(version, tenant, path, Optional.empty())));
  }

  private List<String> nearest(String tenant, float[] to, Filter filter) throws IOException {
    return index.nearest(tenant, to, new MemorySearch("x", 10, filter), NOW).stream()
        .map(MemoryHit::path)
        .toList();
  }

  private static double likeness(float[] one, float[] other) {
    return IntStream.range(0, DIMENSION).mapToDouble(i -> one[i] * other[i]).sum();
  }

  @Test
  void nineteenOfTwentyOfTheTenNearestObjectsAreFound() throws IOException {
    List<Embedded> all = new ArrayList<>();
    for (int i = 0; i < 4_000; i++) {
      all.add(stored(i % 4 == 0 ? "u" : "t", "n/" + i, embedding()));
    }
    index.embed(all);
    List<Embedded> own = all.stream().filter(one -> one.pending().tenant().equals("t")).toList();
    int found = 0;
    for (int i = 0; i < 50; i++) {
      float[] to = embedding();
      Comparator<Embedded> far =
          Comparator.comparingDouble(one -> -likeness(one.embedding().orElseThrow(), to));
      Set<String> exact = new HashSet<>();
      own.stream().sorted(far).limit(10).forEach(one -> exact.add(one.pending().hit().path()));
      exact.retainAll(nearest("t", to, Filter.ALL));
      found += exact.size();
    }
    assertThat(found).isGreaterThanOrEqualTo(475);
  }

  @Test
  void anotherTenantsObjectIsNeverFoundHoweverNear() throws IOException {
    float[] same = embedding();
    index.embed(List.of(stored("u", "n/a", same), stored("t", "n/b", embedding())));
    assertThat(nearest("t", same, Filter.ALL)).containsExactly("n/b");
    assertThat(nearest("v", same, Filter.ALL)).isEmpty();
  }

  @Test
  void filtersApplyAsToWords() throws IOException {
    float[] to = embedding();
    index.embed(
        List.of(stored("t", "n/a", to, "red"), stored("t", "n/m/b", to), stored("t", "o/c", to)));
    Filter below = new Filter(Optional.of("n"), "", List.of(), Optional.empty(), Optional.empty());
    assertThat(nearest("t", to, below)).containsExactlyInAnyOrder("n/a", "n/m/b");
    Filter red =
        new Filter(Optional.empty(), "", List.of("red"), Optional.empty(), Optional.empty());
    assertThat(nearest("t", to, red)).containsExactly("n/a");
    Filter late =
        new Filter(
            Optional.empty(),
            "c",
            List.of(),
            Optional.of(Instant.ofEpochSecond(3)),
            Optional.empty());
    assertThat(nearest("t", to, late)).containsExactly("o/c");
  }

  @Test
  void whatIsDeletedExpiredOrChangedIsNotFound() throws IOException {
    float[] to = embedding();
    index.embed(List.of(stored("t", "n/a", to), stored("t", "n/b", to)));
    expires = Optional.of(NOW);
    index.embed(List.of(stored("t", "n/c", to)));
    expires = Optional.empty();
    deleted("t", "n/a");
    stored("t", "n/b", to);
    assertThat(nearest("t", to, Filter.ALL)).isEmpty();
  }

  @Test
  void anEmbeddingOfAnObjectThatHasChangedSinceIsDropped() throws IOException {
    float[] to = embedding();
    Embedded gone = stored("t", "n/a", to);
    Embedded old = stored("t", "n/b", to);
    deleted("t", "n/a");
    stored("t", "n/b", to);
    index.embed(List.of(gone, old));
    assertThat(nearest("t", to, Filter.ALL)).isEmpty();
    assertThat(index.objects()).isEqualTo(1);
  }

  @Test
  void anObjectWithoutAnEmbeddingWaitsAndIsFoundByItsWords() throws IOException {
    Embedded one = stored("t", "n/a", embedding());
    Embedded noText = stored("t", "n/b", embedding());
    assertThat(index.pending(_ -> true, 10, NOW))
        .extracting(Pending::tenant)
        .containsExactly("t", "t");
    assertThat(index.search("t", new MemorySearch("text", 10, Filter.ALL), NOW)).hasSize(2);
    index.embed(List.of(one, new Embedded(noText.pending(), noText.object(), Optional.empty())));
    assertThat(index.pending(_ -> true, 10, NOW)).isEmpty();
    assertThat(index.search("t", new MemorySearch("text", 10, Filter.ALL), NOW)).hasSize(2);
    assertThat(nearest("t", embedding(), Filter.ALL)).containsExactly("n/a");
  }

  @Test
  void whatWaitsForAnEmbeddingWaitsAfterAStartToo() throws IOException {
    index.embed(List.of(stored("t", "n/a", embedding())));
    stored("t", "n/b", embedding());
    index.commit(new Position("s", version));
    index.close();
    index = open("random");
    assertThat(index.position()).contains(new Position("s", version));
    assertThat(index.pending(_ -> true, 10, NOW))
        .extracting(one -> one.hit().path())
        .containsExactly("n/b");
    assertThat(nearest("t", embedding(), Filter.ALL)).containsExactly("n/a");
  }

  @Test
  void anIndexWithEmbeddingsOfAnotherModelIsFilledAnew() throws IOException {
    stored("t", "n/a", embedding());
    index.commit(new Position("s", version));
    index.close();
    index = open("another");
    assertThat(index.position()).isEmpty();
  }

  @Test
  void aClosedIndexSaysSo() throws IOException {
    Embedded one = stored("t", "n/a", embedding());
    index.close();
    assertThatIOException().isThrownBy(() -> index.embed(List.of(one)));
    assertThatIOException().isThrownBy(() -> index.pending(_ -> true, 1, NOW));
    index = open("random");
  }
}
