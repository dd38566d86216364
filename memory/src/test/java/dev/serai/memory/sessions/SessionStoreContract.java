package dev.serai.memory.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.CapacityProblem;
import dev.serai.core.session.Session;
import dev.serai.core.session.Session.Status;
import dev.serai.core.session.SessionFacts;
import dev.serai.core.session.SessionMessage;
import dev.serai.core.session.SessionMessage.Content;
import dev.serai.core.session.SessionMessage.Role;
import dev.serai.core.session.SessionMessage.Type;
import dev.serai.core.session.SessionOwner;
import dev.serai.core.session.SessionQuery;
import dev.serai.core.session.SessionStore.Budget;
import dev.serai.core.session.SessionStore.Change;
import dev.serai.core.session.SessionStore.Key;
import dev.serai.core.session.SessionStore.NewMessage;
import dev.serai.memory.batch.BatchSource;
import dev.serai.memory.batch.GroupCommit;
import dev.serai.memory.database.Database;
import dev.serai.memory.database.UnconfirmedCommits;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** How sessions are stored, on every database, with two gateways on one database. */
abstract class SessionStoreContract extends TwoSessionStores {
  private List<String> texts(Session session, SessionQuery.Page page) {
    return second.messages(key(session), page).page().stream()
        .map(message -> message.content().text())
        .toList();
  }

  private List<String> texts(Session session) {
    return texts(session, page(SessionQuery.Filter.ALL));
  }

  private static SessionQuery.Page page(SessionQuery.Filter filter) {
    return new SessionQuery.Page(filter, Optional.empty(), false, 100);
  }

  private List<Session> list(Optional<Status> status, Optional<String> after, int limit) {
    return second.list(new SessionQuery(owner.tenant(), Optional.of(owner), status, after, limit));
  }

  private static void refused(String code, Runnable what) {
    assertThatExceptionOfType(CallerProblem.class)
        .isThrownBy(what::run)
        .satisfies(problem -> assertThat(problem.code()).isEqualTo(code));
  }

  @Test
  void whatOneGatewayHasStoredTheOtherReadsAndARestartChangesNothing() {
    SessionFacts facts = new SessionFacts("{\"n\": 1.50}", "{\"t\":\"\u00e4\"}", "{}", "{}");
    Session made = first.create(owner, Optional.of(Duration.ofMinutes(5)), facts);
    first.add(key(made), List.of(said("Hello"), said(Role.ASSISTANT, "Good morning")));
    Session read = second.find(key(made)).orElseThrow();
    assertThat(read.facts()).isEqualTo(facts);
    assertThat(read.messages()).isEqualTo(2);
    assertThat(read.owner()).isEqualTo(owner);
    assertThat(read.life()).isEqualTo(Duration.ofMinutes(5));
    close();
    open();
    assertThat(first.find(key(made))).contains(read);
    assertThat(texts(made)).containsExactly("Hello", "Good morning");
  }

  @Test
  void anotherTenantFindsChangesAndDeletesNothing() {
    Session made = created();
    first.add(key(made), List.of(said("secret")));
    Key foreign = new Key("other", made.id());
    assertThat(second.find(foreign)).isEmpty();
    assertThat(second.delete(foreign)).isFalse();
    assertThat(second.messages(foreign, page(SessionQuery.Filter.ALL)).page()).isEmpty();
    refused("session_not_found", () -> second.change(foreign, change(Status.PAUSED)));
    refused("session_not_found", () -> second.add(foreign, List.of(said("x"))));
    assertThat(texts(made)).containsExactly("secret");
  }

  @Test
  void aChangeReplacesWhatItHasAndLeavesTheRest() {
    Session made =
        first.create(owner, Optional.empty(), new SessionFacts("{\"a\":1}", "{}", "{}", "{}"));
    millis.addAndGet(1000);
    Change wanted =
        new Change(
            Optional.of(Status.PAUSED),
            new SessionFacts.Changes(none(), none(), Optional.of("{\"b\":2}"), none()));
    Session changed = second.change(key(made), wanted);
    assertThat(changed.status()).isEqualTo(Status.PAUSED);
    assertThat(changed.facts()).isEqualTo(new SessionFacts("{\"a\":1}", "{}", "{\"b\":2}", "{}"));
    assertThat(changed.expires()).isEqualTo(made.expires().plusSeconds(1));
    assertThat(first.find(key(made))).contains(changed);
    refused("session_not_active", () -> first.add(key(made), List.of(said("x"))));
    first.change(key(made), change(Status.ACTIVE));
    assertThat(first.add(key(made), List.of(said("x")))).hasSize(1);
  }

  @Test
  void aSessionExpiresAfterItsLastUseAndAChangeRenewsIt() {
    Session made = created();
    millis.addAndGet(LIFE.toMillis() - 1);
    first.add(key(made), List.of(said("in time")));
    millis.addAndGet(LIFE.toMillis() - 1);
    assertThat(second.find(key(made)).orElseThrow().status()).isEqualTo(Status.ACTIVE);
    millis.addAndGet(1);
    assertThat(second.find(key(made)).orElseThrow().status()).isEqualTo(Status.EXPIRED);
    refused("session_not_active", () -> first.add(key(made), List.of(said("late"))));
    assertThat(list(Optional.of(Status.EXPIRED), none(), 10)).hasSize(1);
    assertThat(list(Optional.of(Status.ACTIVE), none(), 10)).isEmpty();
    Change nothing = new Change(Optional.empty(), change(Status.ACTIVE).facts());
    assertThat(second.change(key(made), nothing).status()).isEqualTo(Status.ACTIVE);
    assertThat(first.add(key(made), List.of(said("again")))).hasSize(1);
  }

  @Test
  void anExpiredSessionIsDeletedAfterTheRetention() {
    Session made = created();
    first.add(key(made), List.of(said("x")));
    millis.addAndGet(LIFE.plus(RETENTION).toMillis() - 1);
    skippedNanos.addAndGet(Duration.ofMinutes(1).toNanos());
    assertThat(first.delete(new Key("other", "any"))).isFalse(); // the sweep comes before it
    assertThat(second.find(key(made))).isPresent();
    millis.addAndGet(1);
    skippedNanos.addAndGet(Duration.ofMinutes(1).toNanos());
    assertThat(first.delete(new Key("other", "any"))).isFalse();
    assertThat(second.find(key(made))).isEmpty();
    assertThat(texts(made)).isEmpty();
  }

  @Test
  void aDeletedSessionIsGoneWithItsMessages() {
    Session made = created();
    first.add(key(made), List.of(said("x")));
    assertThat(second.delete(key(made))).isTrue();
    assertThat(first.delete(key(made))).isFalse();
    assertThat(first.find(key(made))).isEmpty();
    assertThat(texts(made)).isEmpty();
  }

  @Test
  void pagesHaveTheNewestFirstAndSessionsOfOneOwnerOnly() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      ids.addFirst(created().id());
      millis.addAndGet(i % 2);
    }
    SessionOwner colleague = new SessionOwner(owner.tenant(), "user:ann");
    Session theirs = first.create(colleague, Optional.empty(), SessionFacts.NONE);
    List<Session> page = list(Optional.empty(), none(), 3);
    List<Session> rest = list(Optional.empty(), Optional.of(page.getLast().id()), 3);
    List<String> found = new ArrayList<>(page.stream().map(Session::id).toList());
    found.addAll(rest.stream().map(Session::id).toList());
    assertThat(found).containsExactlyInAnyOrderElementsOf(ids).doesNotHaveDuplicates();
    SessionQuery all =
        new SessionQuery(owner.tenant(), Optional.empty(), Optional.empty(), none(), 10);
    assertThat(second.list(all)).hasSize(5).contains(theirs);
    refused("invalid_request", () -> list(Optional.empty(), Optional.of("sess_none"), 3));
    refused("invalid_request", () -> list(Optional.empty(), Optional.of(theirs.id()), 3));
  }

  @Test
  void aTenantHasABoundedNumberOfSessionsAndExpiredOnesMakeRoom() {
    for (int i = 0; i < LIMITS.maxSessions(); i++) {
      created();
    }
    refused("too_many_sessions", this::created);
    millis.addAndGet(LIFE.toMillis());
    Session made = created();
    assertThat(list(Optional.empty(), none(), 10)).hasSize(LIMITS.maxSessions()).startsWith(made);
    assertThat(list(Optional.of(Status.ACTIVE), none(), 10)).containsExactly(made);
  }

  @Test
  void aFullSessionLosesItsOldestMessagesThatAreNotPinned() {
    Session made = created();
    first.add(key(made), List.of(pinned("rule")));
    for (int i = 0; i < 12; i++) {
      first.add(key(made), List.of(said("m" + i)));
    }
    List<String> nine = List.of("rule", "m3", "m4", "m5", "m6", "m7", "m8", "m9", "m10", "m11");
    assertThat(texts(made)).containsExactlyElementsOf(nine);
    assertThat(first.find(key(made)).orElseThrow().messages()).isEqualTo(10);
    first.add(key(made), List.of(said("x".repeat(960))));
    assertThat(texts(made)).hasSizeLessThan(10).startsWith("rule").endsWith("x".repeat(960));
  }

  @Test
  void pinnedMessagesThatLeaveNoRoomRefuseMore() {
    Session made = created();
    first.add(key(made), List.of(pinned("x".repeat(900))));
    refused("session_full", () -> first.add(key(made), List.of(said("y".repeat(200)))));
    assertThat(texts(made)).hasSize(1);
    assertThat(first.add(key(made), List.of(said("y")))).hasSize(1);
  }

  @Test
  void messagesAreFoundByRoleTypeTimeAndText() {
    Session made = created();
    first.add(key(made), List.of(said("A red \u00c4pfel"), said(Role.ASSISTANT, "a blue one")));
    millis.addAndGet(1000);
    Content call = new Content(Role.ASSISTANT, Type.TOOL_CALL, "{}", "{\"k\":1}", true, false);
    first.add(key(made), List.of(call));
    Instant later = Instant.ofEpochMilli(millis.get());
    assertThat(texts(made, page(filter(Optional.of(Role.USER), none(), none()))))
        .containsExactly("A red \u00c4pfel");
    assertThat(texts(made, page(filter(Optional.empty(), Optional.of("\u00e4PFEL"), none()))))
        .hasSize(1);
    assertThat(texts(made, page(filter(Optional.empty(), none(), Optional.of(later.toString())))))
        .containsExactly("{}");
    SessionQuery.Filter before =
        new SessionQuery.Filter(
            Optional.empty(), Optional.of(Type.TEXT), "", Optional.empty(), Optional.of(later));
    assertThat(texts(made, page(before))).hasSize(2);
    assertThat(second.messages(key(made), page(SessionQuery.Filter.ALL)).page().getLast().content())
        .isEqualTo(call);
  }

  private static SessionQuery.Filter filter(
      Optional<Role> role, Optional<String> text, Optional<String> since) {
    return new SessionQuery.Filter(
        role, Optional.empty(), text.orElse(""), since.map(Instant::parse), Optional.empty());
  }

  @Test
  void messagesAreReadPageByPageInBothDirections() {
    Session made = created();
    for (int i = 0; i < 5; i++) {
      first.add(key(made), List.of(said("m" + i)));
    }
    for (boolean newestFirst : new boolean[] {false, true}) {
      List<String> found = new ArrayList<>();
      Optional<Long> after = Optional.empty();
      boolean more = true;
      while (more) {
        SessionQuery.Page page =
            new SessionQuery.Page(SessionQuery.Filter.ALL, after, newestFirst, 2);
        SessionQuery.Messages read = second.messages(key(made), page);
        assertThat(read.page()).hasSizeBetween(1, 2);
        read.page().forEach(message -> found.add(message.content().text()));
        after = Optional.of(read.page().getLast().number());
        more = read.more();
      }
      List<String> all = List.of("m0", "m1", "m2", "m3", "m4");
      assertThat(found).containsExactlyElementsOf(newestFirst ? all.reversed() : all);
    }
  }

  @Test
  void aTurnIsStoredLaterAndTheNextCallOfTheSameGatewaySeesIt() {
    Session made = created();
    for (int i = 0; i < 4; i++) {
      assertThat(first.remember(key(made), turn(said("q" + i), said("a" + i)))).isTrue();
      List<SessionMessage> seen = first.context(key(made), Budget.of(100)).orElseThrow().messages();
      assertThat(seen.getLast().content().text()).isEqualTo("a" + i);
    }
    assertThat(texts(made)).containsExactly("q0", "a0", "q1", "a1", "q2", "a2", "q3", "a3");
    first.delete(key(made));
    first.remember(key(made), turn(said("late")));
    assertThat(first.context(key(made), Budget.of(100))).isEmpty();
    assertThat(first.lost()).isEqualTo(1);
  }

  @Test
  void aSessionIsDiscardedOnlyWhileItHasNoMessages() {
    Session empty = created();
    Session used = created();
    first.add(key(used), List.of(said("x")));
    first.discard(key(empty));
    first.discard(key(used));
    first.add(key(used), List.of(said("y"))); // after them
    assertThat(second.find(key(empty))).isEmpty();
    assertThat(texts(used)).containsExactly("x", "y");
  }

  @Test
  void aModelGetsPinnedMessagesAndTheLatestTurnsWithinTheLimit() {
    Session made = created();
    first.add(key(made), List.of(pinned("rule")));
    for (int i = 0; i < 4; i++) {
      first.add(key(made), List.of(said("x".repeat(80) + i), said(Role.ASSISTANT, "a" + i)));
    }
    assertThat(second.context(key(made), Budget.of(1000)).orElseThrow().messages()).hasSize(9);
    List<SessionMessage> some = second.context(key(made), Budget.of(100)).orElseThrow().messages();
    assertThat(some).extracting(message -> message.content().text()).startsWith("rule");
    assertThat(some.get(1).content().role()).isEqualTo(Role.USER);
    assertThat(some)
        .hasSizeBetween(3, 7)
        .last()
        .extracting(m -> m.content().text())
        .isEqualTo("a3");
  }

  @Test
  void pinnedMessagesOverTheLimitAreLeftOutWhereverTheyAre() {
    Session made = created();
    String large = "x".repeat(300);
    first.add(
        key(made), List.of(pinned("a"), pinned(large), pinned("b"), said("q"), pinned(large)));
    assertThat(second.context(key(made), Budget.of(60)).orElseThrow().messages())
        .extracting(message -> message.content().text())
        .containsExactly("a", "b", "q");
  }

  @Test
  void charactersThatNoDatabaseStoresAreReplacedInWhatIsReturnedToo() {
    Session made = created();
    String returned = first.add(key(made), List.of(said("a\u0000b"))).getFirst().content().text();
    first.remember(key(made), turn(said("c\u0000d")));
    assertThat(returned).isEqualTo("a\uFFFDb");
    assertThat(first.context(key(made), Budget.of(100)).orElseThrow().messages())
        .extracting(message -> message.content().text())
        .containsExactly("a\uFFFDb", "c\uFFFDd");
  }

  @Test
  void whatWaitsForTheDatabaseIsBoundedWithTwoBytesForEachCharacter() {
    Session made = created();
    List<Content> large = List.of(said("x".repeat(MAX_WAITING / 2)));
    assertThat(first.remember(key(made), turn(said("x".repeat(MAX_WAITING / 2))))).isFalse();
    assertThat(first.lost()).isEqualTo(1);
    assertThatExceptionOfType(CapacityProblem.class).isThrownBy(() -> first.add(key(made), large));
    assertThat(first.remember(key(made), turn(said("small")))).isTrue();
  }

  @Test
  void aTurnWhoseCommitIsNotConfirmedIsStoredOnce() throws Exception {
    Session made = created();
    Database database = new Database(url(), folder);
    GroupCommit<SessionTransaction> changes =
        new GroupCommit<>(
            new GroupCommit.Options("sessions", "sessions", "turns wait", MAX_WAITING),
            database,
            new SessionWriter(database, LIMITS, clock(), threads()),
            threads());
    List<NewMessage> turn = turn(said("q"), said(Role.ASSISTANT, "a"));
    Optional<CompletableFuture<Boolean>> stored =
        changes.later(key(made), 0, transaction -> transaction.addOnce(key(made), turn));
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      Connection unconfirmed = UnconfirmedCommits.on(connection);
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> changes.writeNext(unconfirmed, 10));
      assertThat(texts(made)).containsExactly("q", "a");
      changes.takeBack();
      assertThat(changes.writeNext(connection, 10)).isEqualTo(BatchSource.Progress.ALL);
    }
    assertThat(texts(made)).containsExactly("q", "a");
    assertThat(second.find(key(made)).orElseThrow().messages()).isEqualTo(2);
    assertThat(stored.orElseThrow()).isCompletedWithValue(true);
  }

  @Test
  void aTurnAfterTheStopIsCountedAsLost() {
    Session made = created();
    first.close();
    first.remember(key(made), turn(said("late")));
    assertThat(first.lost()).isEqualTo(1);
  }

  /** Each pair is added at once, so nothing comes between its messages. */
  @Test
  void messagesOfTwoGatewaysAtOnceFollowOneAnotherAndPairsStayTogether() throws Exception {
    Session made = created();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<List<SessionMessage>>> added = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        DatabaseSessionStore through = i % 2 == 0 ? first : second;
        List<Content> pair = List.of(said("q" + i), said(Role.ASSISTANT, "a" + i));
        added.add(threads.submit(() -> through.add(key(made), pair)));
      }
      for (Future<List<SessionMessage>> one : added) {
        assertThat(one.get()).hasSize(2);
      }
    }
    List<String> texts = texts(made);
    assertThat(texts).hasSize(LIMITS.maxMessages());
    for (int i = 0; i < texts.size(); i += 2) {
      assertThat(texts.get(i + 1)).isEqualTo(texts.get(i).replace('q', 'a'));
    }
    assertThat(second.find(key(made)).orElseThrow().messages()).isEqualTo(texts.size());
  }
}
