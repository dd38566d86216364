package dev.serai.memory.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.session.Session;
import dev.serai.core.session.SessionMessage;
import dev.serai.core.session.SessionMessage.Content;
import dev.serai.core.session.SessionMessage.Role;
import dev.serai.core.session.SessionMessage.Type;
import dev.serai.core.session.SessionStore.Budget;
import dev.serai.core.session.SessionStore.Context;
import dev.serai.core.session.SessionStore.Key;
import dev.serai.core.summary.CompressionMode;
import dev.serai.core.summary.KeyInformation;
import dev.serai.core.summary.SessionSummary;
import dev.serai.core.summary.SummaryStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** How summaries of sessions are stored, on every database, with two gateways on one database. */
abstract class SummaryStoreContract extends TwoSessionStores {
  private static final Budget SUMMARISED = new Budget(1000, true);

  private static SessionSummary summary(int version, long upTo, String point) {
    KeyInformation information =
        new KeyInformation(List.of("oslo"), List.of(point), List.of(), List.of(), List.of());
    return new SessionSummary(
        version,
        upTo,
        CompressionMode.HYBRID,
        "The user is in \u00c5re.",
        information,
        3,
        90,
        Instant.ofEpochMilli(5));
  }

  private Session talked() {
    Session made = created();
    first.add(key(made), List.of(pinned("rule")));
    for (int i = 0; i < 3; i++) {
      first.add(key(made), List.of(said("q" + i), said(Role.ASSISTANT, "a" + i)));
    }
    return made;
  }

  private long number(Session session, String text) {
    return second.context(key(session), Budget.of(1000)).orElseThrow().messages().stream()
        .filter(message -> message.content().text().equals(text))
        .findFirst()
        .orElseThrow()
        .number();
  }

  private List<String> texts(Session session, Budget budget) {
    return second.context(key(session), budget).orElseThrow().messages().stream()
        .map(message -> message.content().text())
        .toList();
  }

  @Test
  void aSummaryReplacesTheMessagesThatItIsOfAndTheyStayStored() {
    Session made = talked();
    SessionSummary stored = summary(1, number(made, "a1"), "user: I am in Oslo.");
    assertThat(first.summaries().save(key(made), stored)).isTrue();
    assertThat(second.summaries().find(key(made))).contains(stored);
    Context context = second.context(key(made), SUMMARISED).orElseThrow();
    assertThat(context.summary()).contains(stored.text());
    assertThat(context.tokens()).isEqualTo(stored.tokens() + 5 + 5 + 5);
    assertThat(texts(made, SUMMARISED)).containsExactly("rule", "q2", "a2");
    assertThat(texts(made, Budget.of(1000)))
        .containsExactly("rule", "q0", "a0", "q1", "a1", "q2", "a2");
    close();
    open();
    assertThat(texts(made, SUMMARISED)).containsExactly("rule", "q2", "a2");
  }

  @Test
  void aSummaryThatIsTooLongForTheLimitIsNotUsed() {
    Session made = talked();
    first.summaries().save(key(made), summary(1, number(made, "a1"), "x".repeat(400)));
    Budget small = new Budget(100, true);
    assertThat(second.context(key(made), small).orElseThrow().summary()).isEmpty();
    assertThat(texts(made, small)).endsWith("q2", "a2").contains("q0");
  }

  @Test
  void theStateHasThePinnedMessagesAndThoseAfterTheSummary() {
    Session made = talked();
    String metadata = "{\"tool_call_id\":\"call_1\"}";
    first.add(
        key(made),
        List.of(
            new Content(Role.ASSISTANT, Type.TOOL_CALL, "{}", metadata, false, false),
            new Content(Role.TOOL, Type.TOOL_RESULT, "sun", metadata, false, true)));
    first.summaries().save(key(made), summary(1, number(made, "a1"), "x"));
    SummaryStore.State state = second.summaries().state(key(made)).orElseThrow();
    assertThat(state.summary()).isPresent();
    assertThat(state.rows())
        .extracting(SummaryStore.Row::user)
        .containsExactly(false, true, false, false, false);
    assertThat(state.rows())
        .extracting(SummaryStore.Row::pinned)
        .as("one of a tool never is")
        .containsExactly(true, false, false, false, false);
    assertThat(state.rows().get(3).tool()).contains(new SummaryStore.ToolPart(false, metadata));
    assertThat(state.rows().get(4).tool()).contains(new SummaryStore.ToolPart(true, metadata));
    long before = number(made, "a0");
    List<SessionMessage> read = second.summaries().messages(key(made), before, Long.MAX_VALUE);
    assertThat(read)
        .extracting(message -> message.content().text())
        .containsExactly("q1", "a1", "q2", "a2", "{}", "sun");
    assertThat(second.summaries().messages(key(made), 0, before))
        .extracting(message -> message.content().text())
        .containsExactly("q0", "a0");
  }

  @Test
  void ofTwoGatewaysThatSummariseAtOnceOneSummaryIsStored() throws Exception {
    Session made = talked();
    for (int version = 1; version <= 5; version++) {
      List<Future<Boolean>> saved = new ArrayList<>();
      try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
        for (int i = 0; i < 8; i++) {
          DatabaseSessionStore through = i % 2 == 0 ? first : second;
          SessionSummary mine = summary(version, version, "gateway " + i);
          saved.add(threads.submit(() -> through.summaries().save(key(made), mine)));
        }
      }
      int stored = 0;
      for (Future<Boolean> each : saved) {
        stored += each.get() ? 1 : 0;
      }
      assertThat(stored).isEqualTo(1);
      assertThat(first.summaries().find(key(made)).orElseThrow().version()).isEqualTo(version);
    }
    assertThat(first.summaries().save(key(made), summary(9, 9, "too new"))).isFalse();
  }

  @Test
  void aDeletedSessionHasNoSummaryAndGetsNone() {
    Session made = talked();
    first.summaries().save(key(made), summary(1, 1, "secret"));
    Key foreign = new Key("other", made.id());
    assertThat(second.summaries().find(foreign)).isEmpty();
    assertThat(second.summaries().save(foreign, summary(1, 1, "theirs"))).isFalse();
    second.delete(key(made));
    assertThat(first.summaries().find(key(made))).isEmpty();
    assertThat(first.summaries().state(key(made))).isEmpty();
    assertThat(first.summaries().save(key(made), summary(1, 1, "late"))).isFalse();
    assertThat(first.summaries().save(key(made), summary(2, 1, "late"))).isFalse();
  }

  @Test
  void aSessionThatIsSweptTakesItsSummaryWithIt() {
    Session made = talked();
    first.summaries().save(key(made), summary(1, 1, "secret"));
    millis.addAndGet(LIFE.plus(RETENTION).toMillis());
    assertThat(first.summaries().save(key(made), summary(2, 1, "late"))).isFalse();
    for (int i = 0; i < LIMITS.maxSessions(); i++) {
      created(); // the last one takes the place of an expired one
    }
    assertThat(second.summaries().find(key(made))).isEmpty();
  }

  @Test
  void charactersThatNoDatabaseStoresAreReplaced() {
    Session made = talked();
    first.summaries().save(key(made), summary(1, 1, "a\u0000b"));
    assertThat(second.summaries().find(key(made)).orElseThrow().text()).contains("a\uFFFDb");
  }
}
