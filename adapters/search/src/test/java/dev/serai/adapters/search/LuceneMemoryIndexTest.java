package dev.serai.adapters.search;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.adapters.search.LuceneMemoryIndex.Content;
import dev.serai.core.memory.MemoryEntry;
import dev.serai.core.memory.MemoryObject;
import dev.serai.core.memory.MemoryPath;
import dev.serai.core.memory.search.MemoryFeed.Change;
import dev.serai.core.memory.search.MemoryHit;
import dev.serai.core.memory.search.MemoryIndex.Position;
import dev.serai.core.memory.search.MemorySearch;
import dev.serai.core.memory.search.MemorySearch.Filter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LuceneMemoryIndexTest {
  @TempDir Path folder;
  private LuceneMemoryIndex index;
  private Instant now = Instant.ofEpochSecond(1000);
  private Optional<Instant> expires = Optional.empty();
  private long version;

  @BeforeEach
  void open() throws IOException {
    index = LuceneMemoryIndex.open(folder, Content.words(json -> new String(json, UTF_8)));
  }

  @AfterEach
  void close() throws IOException {
    index.close();
  }

  private Change stored(String tenant, String path, String text, String... tags) {
    version++;
    MemoryEntry entry =
        new MemoryEntry(
            MemoryPath.of(List.of(path.split("/"))),
            version,
            text.length(),
            Instant.EPOCH,
            Instant.ofEpochSecond(version),
            expires,
            false,
            List.of(tags));
    MemoryObject object = new MemoryObject(entry, text.getBytes(UTF_8));
    return new Change(version, tenant, path, Optional.of(object));
  }

  private Change deleted(String tenant, String path) {
    version++;
    return new Change(version, tenant, path, Optional.empty());
  }

  private List<String> search(String tenant, String words, Filter filter) throws IOException {
    return index.search(tenant, new MemorySearch(words, 10, filter), now).stream()
        .map(MemoryHit::path)
        .toList();
  }

  private static Filter in(String namespace) {
    return new Filter(Optional.of(namespace), "", List.of(), Optional.empty(), Optional.empty());
  }

  @Test
  void theObjectWithMoreOfTheRarerWordsIsFirst() throws IOException {
    index.apply(
        List.of(
            stored("t", "n/a", "the harbour of the town is closed"),
            stored("t", "n/b", "the town has a new mayor"),
            stored("t", "n/c", "nothing of it"),
            stored("t", "n/d", "ships wait at the harbour")));
    assertThat(search("t", "town HARBOUR", Filter.ALL)).startsWith("n/a").hasSize(3);
    assertThat(search("t", "mayor", Filter.ALL)).containsExactly("n/b");
    assertThat(search("t", "?!", Filter.ALL)).isEmpty();
    assertThat(search("t", "town OR (*", Filter.ALL)).containsExactlyInAnyOrder("n/a", "n/b");
  }

  @Test
  void anotherTenantsObjectsAreNeverFound() throws IOException {
    index.apply(List.of(stored("t", "n/a", "harbour"), stored("u", "n/a", "harbour closed")));
    assertThat(search("t", "harbour closed", Filter.ALL)).containsExactly("n/a");
    MemorySearch wanted = new MemorySearch("harbour", 10, Filter.ALL);
    assertThat(index.search("t", wanted, now).getFirst().version()).isEqualTo(1);
    assertThat(search("v", "harbour", Filter.ALL)).isEmpty();
  }

  @Test
  void aScoreSaysNothingOfTheWordsOfOtherTenants() throws IOException {
    index.apply(
        List.of(stored("t", "n/a", "harbour closed"), stored("t", "n/b", "the mayor of the town")));
    MemorySearch wanted = new MemorySearch("harbour mayor", 10, Filter.ALL);
    List<Double> alone = index.search("t", wanted, now).stream().map(MemoryHit::score).toList();
    for (int i = 0; i < 50; i++) {
      index.apply(List.of(stored("u", "n/" + i, "harbour " + "word ".repeat(i))));
    }
    assertThat(index.search("t", wanted, now).stream().map(MemoryHit::score)).isEqualTo(alone);
  }

  @Test
  void anObjectThatIsReplacedOrDeletedIsNotFoundByItsFormerWords() throws IOException {
    index.apply(List.of(stored("t", "n/a", "harbour"), stored("t", "n/b", "harbour")));
    index.apply(List.of(stored("t", "n/a", "mayor"), deleted("t", "n/b")));
    assertThat(search("t", "harbour", Filter.ALL)).isEmpty();
    assertThat(search("t", "mayor", Filter.ALL)).containsExactly("n/a");
  }

  @Test
  void aFilterTakesNamespacesWithAllBelowThemKeysTagsAndTimes() throws IOException {
    index.apply(
        List.of(
            stored("t", "a/b/k1", "word", "red"),
            stored("t", "a/k2", "word", "red", "blue"),
            stored("t", "ab/k1", "word", "blue")));
    assertThat(search("t", "word", in("a"))).containsExactlyInAnyOrder("a/b/k1", "a/k2");
    assertThat(search("t", "word", in("a/b"))).containsExactly("a/b/k1");
    Optional<Instant> none = Optional.empty();
    Filter key = new Filter(Optional.empty(), "k1", List.of(), none, none);
    assertThat(search("t", "word", key)).containsExactlyInAnyOrder("a/b/k1", "ab/k1");
    Filter tags = new Filter(Optional.empty(), "", List.of("red", "blue"), none, none);
    assertThat(search("t", "word", tags)).containsExactly("a/k2");
    Filter times =
        new Filter(
            Optional.empty(),
            "",
            List.of(),
            Optional.of(Instant.ofEpochSecond(2)),
            Optional.of(Instant.ofEpochSecond(3)));
    assertThat(search("t", "word", times)).containsExactly("a/k2");
  }

  @Test
  void whatHasExpiredIsNotFound() throws IOException {
    expires = Optional.of(now.plusMillis(1));
    index.apply(List.of(stored("t", "n/a", "harbour")));
    expires = Optional.empty();
    index.apply(List.of(stored("t", "n/b", "harbour")));
    assertThat(search("t", "harbour", Filter.ALL)).containsExactlyInAnyOrder("n/a", "n/b");
    now = now.plusMillis(1);
    assertThat(search("t", "harbour", Filter.ALL)).containsExactly("n/b");
  }

  @Test
  void anIndexOfAnotherFormatHasNoPosition() throws IOException {
    index.commit(new Position("store", 1));
    index.close();
    try (Directory directory = FSDirectory.open(folder);
        IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
      writer.setLiveCommitData(Map.of("store", "store", "version", "1").entrySet());
      writer.commit();
    }
    open();
    assertThat(index.position()).isEmpty();
  }

  @Test
  void whatWasCommittedIsThereAfterARestartAndTheRestIsNot() throws IOException {
    assertThat(index.position()).isEmpty();
    index.apply(List.of(stored("t", "n/a", "harbour")));
    index.commit(new Position("store", 1));
    index.apply(List.of(stored("t", "n/b", "harbour")));
    index.close();
    open();
    assertThat(index.position()).contains(new Position("store", 1));
    assertThat(search("t", "harbour", Filter.ALL)).containsExactly("n/a");
    index.clear();
    assertThat(search("t", "harbour", Filter.ALL)).isEmpty();
  }

  @Test
  void aDamagedIndexIsReplacedByAnEmptyOne() throws IOException {
    index.apply(List.of(stored("t", "n/a", "harbour")));
    index.commit(new Position("store", 1));
    index.close();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file :
          files.filter(f -> f.getFileName().toString().startsWith("segments")).toList()) {
        Files.writeString(file, "damaged");
      }
    }
    open();
    assertThat(index.position()).isEmpty();
    index.apply(List.of(stored("t", "n/b", "harbour")));
    assertThat(search("t", "harbour", Filter.ALL)).containsExactly("n/b");
  }

  /** A byte of a segment changes on the disk; the next merge reads all segments. */
  @Test
  void anIndexThatIsFoundDamagedWhileItIsOpenIsEmptyWhenItIsOpenedAgain() throws IOException {
    index.apply(List.of(stored("t", "n/a", "harbour"))); // as large as those that follow
    index.commit(new Position("db", version));
    damageSegments();
    assertThatThrownBy(this::applyUntilSegmentsAreMerged)
        .extracting(LuceneMemoryIndexTest::causes, InstanceOfAssertFactories.LIST)
        .hasAtLeastOneElementOfType(CorruptIndexException.class);
    index.close();
    open();
    assertThat(index.position()).isEmpty();
    index.apply(List.of(stored("t", "n/b", "mayor")));
    assertThat(search("t", "mayor", Filter.ALL)).containsExactly("n/b");
  }

  private static List<Throwable> causes(Throwable why) {
    return Stream.iterate(why, Objects::nonNull, Throwable::getCause).toList();
  }

  @Test
  void anIndexThatASearchFindsDamagedSaysSoAndIsEmptyWhenItIsOpenedAgain() throws IOException {
    index.apply(List.of(stored("t", "n/a", "harbour")));
    index.requireIntact();
    overwriteSegments();
    assertThatThrownBy(() -> search("t", "harbour", Filter.ALL)).isInstanceOf(IOException.class);
    assertThatThrownBy(index::requireIntact).isInstanceOf(CorruptIndexException.class);
    index.close();
    open();
    index.requireIntact();
    assertThat(search("t", "harbour", Filter.ALL)).isEmpty();
  }

  @Test
  void aSearchOfAnIndexThatIsClosedIsAFailureToRead() throws IOException {
    index.apply(List.of(stored("t", "n/a", "harbour")));
    index.close();
    assertThatThrownBy(() -> search("t", "harbour", Filter.ALL)).isInstanceOf(IOException.class);
    open();
  }

  /** All bytes of what was stored, so that reading finds lengths that cannot be. */
  private void overwriteSegments() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".cfs")).toList()) {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
          byte[] other = new byte[(int) bytes.length()];
          Arrays.fill(other, (byte) 0x7f);
          bytes.write(other);
        }
      }
    }
  }

  private void damageSegments() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".cfs")).toList()) {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
          bytes.seek(new String(Files.readAllBytes(file), ISO_8859_1).indexOf("harbour"));
          bytes.write('b');
        }
      }
    }
  }

  private void applyUntilSegmentsAreMerged() throws IOException {
    for (int i = 0; i < 1_000; i++) {
      index.apply(List.of(stored("t", "n/" + i, "town")));
    }
  }

  @Test
  void onlyTheOwnerMayReadTheFilesOfTheIndex() throws IOException {
    index.apply(List.of(stored("t", "n/a", "harbour")));
    index.commit(new Position("s", version));
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.toList())
          .hasSizeGreaterThan(2)
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .as(file.toString())
                      .isEqualTo("rw-------"));
    }
  }
}
