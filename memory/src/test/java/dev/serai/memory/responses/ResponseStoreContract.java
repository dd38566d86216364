package dev.serai.memory.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.problem.CapacityProblem;
import dev.serai.core.responses.StoredResponse;
import dev.serai.core.responses.StoredResponseReader;
import dev.serai.core.responses.StoredResponses;
import dev.serai.memory.database.Database;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract of a response store on every database. Every test has a tenant of its own. */
abstract class ResponseStoreContract {
  private static final long GIGABYTE = 1L << 30;
  private static final Duration MONTH = Duration.ofDays(30);

  @TempDir Path folder;

  private final AtomicLong now = new AtomicLong(1_763_700_000_000L);
  private final String tenant = UUID.randomUUID().toString();
  DatabaseResponseStore store;

  abstract String url();

  @BeforeEach
  final void begin() {
    for (String table : List.of("kept_conversation", "kept_response", "kept_item", "kept_link")) {
      sql("DELETE FROM " + table + " WHERE 1 = 1");
    }
    store = open(GIGABYTE);
  }

  @AfterEach
  final void end() {
    store.close();
  }

  private DatabaseResponseStore open(long databaseBytes) {
    DatabaseResponseStore opened = made(databaseBytes, GIGABYTE);
    opened.start();
    return opened;
  }

  private DatabaseResponseStore made(long databaseBytes, long memoryBytes) {
    return new DatabaseResponseStore(
        new Database(url(), folder),
        new ResponseStoreLimits(MONTH, databaseBytes, memoryBytes),
        Turn::read,
        new DatabaseResponseStore.Background(
            () -> Instant.ofEpochMilli(now.get()), BackgroundThreads.unreported()));
  }

  /** Another process, or this one after a restart. */
  final void restart() {
    restart(GIGABYTE);
  }

  private void restart(long databaseBytes) {
    store.close();
    store = open(databaseBytes);
  }

  final StoredResponses ours() {
    return store.forTenant(tenant);
  }

  @Test
  void aResponseIsFoundAtOnceAndAfterARestart() {
    ours().store(new Turn("a", "hello"));
    assertThat(ours().find("a")).isPresent();

    restart();

    StoredResponse found = ours().find("a").orElseThrow();
    assertThat(found.response()).asString().isEqualTo("answer to hello");
    assertThat(found.request()).asString().isEqualTo("a:hello");
    assertThat(found.provider()).contains("openai");
    assertThat(ours().findByItem("item-of-a")).map(StoredResponse::id).contains("a");
    assertThat(ours().find("item-of-a")).isEmpty();
  }

  @Test
  void aResponseThatIsTooLargeForMemoryIsFoundWhileItWaitsForTheDatabase() {
    store.close();
    store = made(GIGABYTE, 1);
    ours().store(new Turn("a", "hello"));
    assertThat(ours().find("a")).isPresent();
    assertThat(store.forTenant("another").find("a")).isEmpty();

    store.start();
    restart();
    assertThat(ours().find("a")).isPresent();
  }

  @Test
  void aConversationIsStoredAsAWhole() {
    Turn first = keep(new Turn("1", "first"));
    Turn second = keep(new Turn("2", "second", first));
    keep(new Turn("3", "third", second, keep(new Turn("x", "aside"))));

    restart();

    assertThat(sql("SELECT COUNT(*) FROM kept_conversation")).isEqualTo(1);
    assertThat(sql("SELECT SUM(size_bytes) FROM kept_conversation"))
        .isEqualTo(sql("SELECT SUM(size_bytes) FROM kept_response"));
    Turn third = (Turn) ours().find("3").orElseThrow();
    assertThat(third.said()).containsExactly("first", "second", "aside", "third");
  }

  @Test
  void anotherTenantFindsAndDeletesNothing() {
    keep(new Turn("a", "hello"));
    restart();

    StoredResponses theirs = store.forTenant(UUID.randomUUID().toString());
    assertThat(theirs.find("a")).isEmpty();
    assertThat(theirs.findByItem("item-of-a")).isEmpty();
    assertThat(theirs.delete("a")).isFalse();
    assertThat(ours().find("a")).isPresent();
  }

  @Test
  void aDeletedResponseIsHiddenButConversationsThatContinueItStayComplete() {
    Turn first = keep(new Turn("1", "first"));
    keep(new Turn("2", "second", first));
    assertThat(ours().delete("1")).isTrue();
    assertThat(ours().delete("1")).isFalse();
    assertThat(ours().find("1")).isEmpty();

    restart();

    assertThat(ours().find("1")).isEmpty();
    assertThat(ours().findByItem("item-of-1")).isEmpty();
    assertThat(((Turn) ours().find("2").orElseThrow()).said()).containsExactly("first", "second");
    assertThat(ours().delete("2")).isTrue();
    assertThat(rows()).as("with the last that goes on from it, all of it goes").isZero();
    assertThat(sql("SELECT COUNT(*) FROM kept_conversation")).isZero();
  }

  @Test
  void aConversationIsStoredForItsRetentionAfterTheLastResponse() {
    Turn first = keep(new Turn("1", "first"));
    keep(new Turn("other", "hello"));
    pass(Duration.ofDays(20));
    keep(new Turn("2", "second", first));
    pass(Duration.ofDays(20));
    restart();

    assertThat(ours().find("other")).isEmpty();
    assertThat(ours().find("1")).isPresent();
    assertThat(ours().find("2")).isPresent();
    sweep();
    assertThat(rows()).isEqualTo(3); // these two and what has the sweep done

    pass(MONTH.plusDays(1));
    assertThat(ours().find("2")).isEmpty();
  }

  @Test
  void aboveTheBoundTheOldestConversationsAreRemoved() {
    Turn old = keep(new Turn("1", "x".repeat(1000)));
    pass(Duration.ofMinutes(1));
    keep(new Turn("2", "y".repeat(1000)));
    pass(Duration.ofMinutes(1));
    keep(new Turn("3", "z".repeat(1000), old));
    pass(Duration.ofMinutes(1));
    restart(5000);
    sweep();
    restart();

    assertThat(ours().find("2")).isEmpty();
    assertThat(ours().find("1")).isPresent();
    assertThat(ours().find("3")).isPresent();
  }

  @Test
  void thousandsOfResponsesAreStoredAtAStop() {
    for (int i = 0; i < 2000; i++) {
      ours().store(new Turn("many-" + i, "hello"));
    }
    restart();

    assertThat(rows()).isEqualTo(2000);
  }

  @Test
  void severalGatewaysStoreResponsesInOneDatabase() {
    try (DatabaseResponseStore other = open(GIGABYTE)) {
      StoredResponses theirs = other.forTenant(tenant);
      Turn one = new Turn("one-0", "hello");
      Turn two = new Turn("two-0", "hello");
      for (int i = 1; i <= 500; i++) {
        ours().store(one);
        theirs.store(two);
        one = new Turn("one-" + i, "hello", one);
        two = new Turn("two-" + i, "hello", two);
      }
    }
    restart();

    assertThat(rows()).isEqualTo(1000);
    assertThat(((Turn) ours().find("two-499").orElseThrow()).said()).hasSize(500);
  }

  /** Stores a response and waits until it is in the database. */
  private Turn keep(Turn turn) {
    ours().store(turn);
    return turn;
  }

  private void pass(Duration time) {
    restart(); // what waits is written as of now
    now.addAndGet(time.toMillis());
  }

  /** The first response after a start triggers a sweep of the database. */
  private void sweep() {
    keep(new Turn("swept", ""));
    restart();
  }

  private long rows() {
    return sql("SELECT COUNT(*) FROM kept_response");
  }

  private long sql(String sql) {
    try (Connection connection = new Database(url(), folder).connect();
        Statement statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return 0;
      }
      try (ResultSet found = statement.getResultSet()) {
        found.next();
        return found.getLong(1);
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  final void isRefusedWhileTheDatabaseIsAway() {
    assertThatThrownBy(() -> ours().find("not-in-memory")).isInstanceOf(CapacityProblem.class);
  }

  /**
   * A text and the names of the responses that it continues: {@code id:words} or {@code
   * id<from,from:words}.
   */
  static final class Turn implements StoredResponse {
    private final String id;
    private final String words;
    private final List<Turn> before;

    Turn(String id, String words, Turn... before) {
      this.id = id;
      this.words = words;
      this.before = List.of(before);
    }

    static Optional<StoredResponse> read(
        StoredResponseReader.SavedForm written, StoredResponses known) {
      String text = new String(written.request(), StandardCharsets.UTF_8);
      String head = text.substring(0, text.indexOf(':'));
      List<Turn> before = new ArrayList<>();
      if (head.contains("<")) {
        for (String from : head.substring(head.indexOf('<') + 1).split(",", -1)) {
          known.find(from).map(Turn.class::cast).ifPresent(before::add);
        }
      }
      Turn[] turns = before.toArray(Turn[]::new);
      return Optional.of(new Turn(written.id(), text.substring(text.indexOf(':') + 1), turns));
    }

    List<String> said() {
      List<String> said = new ArrayList<>();
      before.forEach(turn -> said.addAll(turn.said()));
      said.add(words);
      return said;
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public Optional<String> provider() {
      return Optional.of("openai");
    }

    @Override
    public byte[] request() {
      String from = String.join(",", before.stream().map(Turn::id).toList());
      return (id + (from.isEmpty() ? "" : "<" + from) + ":" + words)
          .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Set<String> previousIds() {
      return new HashSet<>(before.stream().map(Turn::id).toList());
    }

    @Override
    public byte[] response() {
      return ("answer to " + words).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public List<String> itemIds() {
      return List.of("item-of-" + id);
    }

    @Override
    public long weight() {
      return words.length();
    }

    @Override
    public byte[] inputItems(Page page) {
      return new byte[0];
    }
  }
}
