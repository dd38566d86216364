package dev.serai.processors.turns;

import dev.serai.core.session.SessionMessage;
import dev.serai.core.session.SessionMessage.Content;
import dev.serai.core.session.SessionMessage.Role;
import dev.serai.core.session.SessionMessage.Type;
import dev.serai.core.session.SessionRequests;
import dev.serai.core.session.SessionStore.Key;
import dev.serai.core.summary.SessionSummary;
import dev.serai.core.summary.SummaryStore;
import dev.serai.processors.support.CallFixtures;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** Sessions in memory, all of which have the same number of messages. Thread-safe. */
final class LongSessions implements SummaryStore {
  /** How many tokens a call gets of its session. */
  static final int ROOM = 1000;

  /** How many messages each has. */
  static final int MESSAGES = 80;

  private static final int TOKENS = 100;
  private static final long PATIENCE_SECONDS = 10;

  private final Map<Key, SessionSummary> summaries = new ConcurrentHashMap<>();
  private final Map<Key, Long> packed = new ConcurrentHashMap<>();
  private final Set<Key> faulty = ConcurrentHashMap.newKeySet();
  private final BlockingQueue<Key> saved = new LinkedBlockingQueue<>();

  /** A request with the messages of a session. */
  static RecalledRequest recalled(String session) {
    return new RecalledRequest(
        new CallFixtures.Request("m"),
        new RecalledRequest.Place(
            new Key("t", session), false, MESSAGES * TOKENS, "msg_1", InstantSource.system()),
        RecalledMessages.of(requests(), Optional.empty(), List.of(), List.of()),
        0);
  }

  static SessionRequests requests() {
    return (SessionRequests)
        Proxy.newProxyInstance(
            SessionRequests.class.getClassLoader(),
            new Class<?>[] {SessionRequests.class},
            (_, method, _) -> {
              throw new UnsupportedOperationException(method.getName());
            });
  }

  /**
   * The session whose first summary or packed messages were stored next; empty if none is for a
   * long time.
   */
  Optional<Key> nextSaved() throws InterruptedException {
    return Optional.ofNullable(saved.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
  }

  /** Makes a session unreadable, in a way that the code does not expect, once it has a summary. */
  void breakAfterFirstSummary(String session) {
    faulty.add(new Key("t", session));
  }

  @Override
  public Optional<SessionSummary> find(Key key) {
    return Optional.ofNullable(summaries.get(key));
  }

  @Override
  public Optional<State> state(Key key) {
    Optional<SessionSummary> summary = find(key);
    if (summary.isPresent() && faulty.contains(key)) {
      throw new IllegalStateException("a fault of " + key.id());
    }
    return Optional.of(new State(summary, rows(summary.map(SessionSummary::upTo).orElse(0L))));
  }

  private static List<Row> rows(long after) {
    return LongStream.rangeClosed(after + 1, MESSAGES)
        .mapToObj(number -> new Row(number, TOKENS, number % 2 == 1, false, Optional.empty()))
        .toList();
  }

  @Override
  public List<SessionMessage> messages(Key key, long after, long upTo) {
    return LongStream.rangeClosed(after + 1, upTo)
        .mapToObj(
            number -> {
              String text = "We go to Porto with " + key.id() + " number " + number + ".";
              Content content = new Content(Role.USER, Type.TEXT, text, "{}", false, false);
              return new SessionMessage(number, "msg_" + number, Instant.EPOCH, content);
            })
        .toList();
  }

  @Override
  public boolean save(Key key, SessionSummary summary) {
    if (summaries.put(key, summary) == null) {
      saved.add(key);
    }
    return true;
  }

  @Override
  public Optional<State> unpacked(Key key) {
    return Optional.of(new State(Optional.empty(), rows(packed.getOrDefault(key, 0L))));
  }

  /** Packs texts that do not become shorter. */
  @Override
  public OptionalLong pack(Key key, List<SessionMessage> messages) {
    if (packed.put(key, messages.getLast().number()) == null) {
      saved.add(key);
    }
    return OptionalLong.of(0);
  }
}
