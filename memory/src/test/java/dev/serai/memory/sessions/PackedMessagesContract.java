package dev.serai.memory.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.serai.core.problem.CapacityProblem;
import dev.serai.core.session.Session;
import dev.serai.core.session.SessionMessage;
import dev.serai.core.session.SessionMessage.Content;
import dev.serai.core.session.SessionMessage.Role;
import dev.serai.core.session.SessionMessage.Type;
import dev.serai.core.session.SessionQuery;
import dev.serai.core.session.SessionStore.Budget;
import dev.serai.core.session.SessionStore.Key;
import dev.serai.core.summary.SummaryStore;
import dev.serai.memory.database.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** How older messages are packed, on every database, with two gateways on one database. */
abstract class PackedMessagesContract extends TwoSessionStores {
  private static final String LONG = "The night train to Oslo leaves at ten. ".repeat(3);

  private Session talked() {
    Session made = created();
    first.add(key(made), List.of(pinned("rule")));
    String metadata = "{\"tool_call_id\":\"call_1\"}";
    first.add(
        key(made),
        List.of(
            said("q0 \u00e4 \uD83D\uDE00"),
            new Content(Role.ASSISTANT, Type.TOOL_CALL, "{}", metadata, false, true),
            new Content(Role.TOOL, Type.TOOL_RESULT, "", metadata, false, false),
            said(Role.ASSISTANT, LONG),
            said("q1 " + LONG),
            said(Role.ASSISTANT, "a1"),
            said("q2")));
    return made;
  }

  private List<SessionMessage> all(DatabaseSessionStore store, Session session, boolean newest) {
    SessionQuery.Page page =
        new SessionQuery.Page(SessionQuery.Filter.ALL, Optional.empty(), newest, 100);
    return store.messages(key(session), page).page();
  }

  /** The messages before "a1" that are not pinned. */
  private List<SessionMessage> older(Session session) {
    List<SessionMessage> read = first.summaries().messages(key(session), 0, Long.MAX_VALUE);
    return read.subList(0, read.size() - 2);
  }

  @Test
  void packedMessagesAreReadAsBefore() {
    Session made = talked();
    List<SessionMessage> before = all(first, made, false);
    Budget budget = new Budget(1000, true);
    List<SessionMessage> sent = first.context(key(made), budget).orElseThrow().messages();
    assertThat(first.summaries().pack(key(made), older(made)).orElseThrow()).isPositive();
    assertThat(stored(made)).contains("rule", "a1", "q2").doesNotContain(LONG);
    assertThat(all(second, made, false)).isEqualTo(before);
    assertThat(all(second, made, true)).isEqualTo(before.reversed());
    assertThat(second.context(key(made), budget).orElseThrow().messages()).isEqualTo(sent);
    SessionQuery.Filter found =
        new SessionQuery.Filter(
            Optional.empty(), Optional.empty(), "NIGHT train", Optional.empty(), Optional.empty());
    SessionQuery.Page page = new SessionQuery.Page(found, Optional.empty(), false, 100);
    assertThat(second.messages(key(made), page).page()).hasSize(2);
    assertThat(second.find(key(made)).orElseThrow().messages()).isEqualTo(before.size());
  }

  @Test
  void textsThatDoNotShrinkArePackedAllTheSame() {
    Session made = created();
    first.add(key(made), List.of(said("abc"), said("xyz")));
    List<SessionMessage> texts = first.summaries().messages(key(made), 0, Long.MAX_VALUE);
    assertThat(first.summaries().pack(key(made), texts)).hasValue(0);
    assertThat(first.summaries().unpacked(key(made))).isEmpty();
    assertThat(first.summaries().pack(key(made), texts)).as("once").isEmpty();
    assertThat(first.summaries().messages(key(made), 0, Long.MAX_VALUE)).isEqualTo(texts);
  }

  @Test
  void whatIsPackedIsNotPackedAgainAlsoByAnotherGateway() throws Exception {
    Session made = talked();
    List<SessionMessage> older = older(made);
    int packed = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
      List<Future<OptionalLong>> saved = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        SummaryStore through = (i % 2 == 0 ? first : second).summaries();
        saved.add(threads.submit(() -> through.pack(key(made), older)));
      }
      for (Future<OptionalLong> each : saved) {
        packed += each.get().isPresent() ? 1 : 0;
      }
    }
    assertThat(packed).isEqualTo(1);
    assertThat(second.summaries().unpacked(key(made)).orElseThrow().rows()).hasSize(2);
    assertThat(second.summaries().state(key(made)).orElseThrow().rows()).hasSize(8);
  }

  @Test
  void anotherTenantPacksNothing() {
    Session made = talked();
    Key foreign = new Key("other", made.id());
    assertThat(first.summaries().unpacked(foreign)).isEmpty();
    assertThat(first.summaries().pack(foreign, older(made))).isEmpty();
  }

  @Test
  void bundlesAreDeletedWithTheirMessages() {
    Session made = talked();
    first.summaries().pack(key(made), older(made));
    List<SessionMessage> newer = first.summaries().messages(key(made), 0, Long.MAX_VALUE);
    first.add(key(made), List.of(said("x".repeat(900))));
    assertThat(all(second, made, false))
        .extracting(message -> message.content().text())
        .as("pinned ones stay, also of tools")
        .startsWith("rule", "{}");
    assertThat(bundles(made)).as("its messages made room").isZero();
    first.summaries().pack(key(made), newer.subList(newer.size() - 1, newer.size()));
    first.delete(key(made));
    assertThat(bundles(made)).isZero();
  }

  @Test
  void aDamagedBundleIsAnErrorOfTheStore() throws SQLException {
    Session made = talked();
    first.summaries().pack(key(made), older(made));
    try (Connection connection = new Database(url(), folder).connect();
        PreparedStatement damage =
            connection.prepareStatement("UPDATE session_bundle SET data = ? WHERE session = ?")) {
      damage.setBytes(1, new byte[] {1, 2, 3});
      damage.setString(2, made.id());
      assertThat(damage.executeUpdate()).isEqualTo(1);
    }
    assertThatExceptionOfType(CapacityProblem.class).isThrownBy(() -> all(second, made, false));
  }

  private List<String> stored(Session session) {
    List<String> texts = new ArrayList<>();
    query("SELECT content FROM session_message WHERE session = ?", session, texts);
    return texts;
  }

  private int bundles(Session session) {
    List<String> found = new ArrayList<>();
    query("SELECT first FROM session_bundle WHERE session = ?", session, found);
    return found.size();
  }

  private void query(String sql, Session session, List<String> into) {
    try (Connection connection = new Database(url(), folder).connect();
        PreparedStatement read = connection.prepareStatement(sql)) {
      read.setString(1, session.id());
      try (ResultSet row = read.executeQuery()) {
        while (row.next()) {
          into.add(row.getString(1));
        }
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
