package dev.serai.processors.turns;

import dev.serai.core.background.BackgroundQueue;
import dev.serai.core.background.BackgroundTask;
import dev.serai.core.background.BackgroundThread;
import dev.serai.core.call.Call;
import dev.serai.core.call.CallListener;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.session.SessionMessage;
import dev.serai.core.session.SessionRequests;
import dev.serai.core.session.SessionStore.Key;
import dev.serai.core.summary.CompressionRules;
import dev.serai.core.summary.KeyInformation;
import dev.serai.core.summary.KeyInformationFinder;
import dev.serai.core.summary.OlderMessages;
import dev.serai.core.summary.SessionSummary;
import dev.serai.core.summary.SummaryStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Summarises the older messages of sessions that have become long, after a call of theirs has ended
 * and its turn is stored: no client waits for it. A session is summarised once at a time; of two
 * gateways that do it at once, the summary of the second one is not stored. How many sessions wait
 * is bounded; others are skipped, and tried again after their next call. Thread-safe.
 */
public final class SessionCompression implements CallListener, BackgroundTask {
  private static final Logger LOG = LoggerFactory.getLogger(SessionCompression.class);
  private static final int MAX_WAITING = 256;
  private static final int CHARACTERS_PER_TOKEN = 4;

  /** What has become of a session that was long enough. */
  public enum End {
    /** It has a new summary. */
    DONE,
    /** There is too little besides what stays, or another gateway has summarised it. */
    UNCHANGED,
    /** The store is unavailable. */
    FAILED,
    /** Too many wait. */
    SKIPPED;

    /** Its name in metrics. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final SummaryStore store;
  private final SessionRequests requests;
  private final CompressionRules rules;
  private final InstantSource clock;
  private final Set<Key> pending = ConcurrentHashMap.newKeySet();
  private final BackgroundQueue<Key> tasks = new BackgroundQueue<>(this::compress);
  private final AtomicLongArray ended = new AtomicLongArray(End.values().length);
  private final AtomicLong savedTokens = new AtomicLong();

  /**
   * @param clock says when a summary is made
   */
  public SessionCompression(
      SummaryStore store, SessionRequests requests, CompressionRules rules, InstantSource clock) {
    this.store = store;
    this.requests = requests;
    this.rules = rules;
    this.clock = clock;
  }

  /** How many times sessions were long enough and this has become of it. */
  public long count(End how) {
    return ended.get(how.ordinal());
  }

  /** How many tokens fewer the summaries have than what they replace. */
  public long savedTokens() {
    return savedTokens.get();
  }

  @Override
  public void settled(Call call) {
    if (call.request() instanceof RecalledRequest recalled) {
      long tokens = Math.max(recalled.tokensBefore(), recalled.size() / CHARACTERS_PER_TOKEN);
      if (rules.isDue(tokens)) {
        offer(recalled.session());
      }
    }
  }

  private void offer(Key session) {
    if (pending.contains(session)) {
      return;
    }
    if (pending.size() >= MAX_WAITING) {
      ended.incrementAndGet(End.SKIPPED.ordinal());
    } else if (pending.add(session)) {
      tasks.add(session);
    }
  }

  /** Summarises sessions until the thread is stopped. */
  @Override
  public void run(BackgroundThread thread) {
    tasks.run(thread);
  }

  private void compress(Key session) {
    End how = End.FAILED;
    try {
      how = summarise(session) ? End.DONE : End.UNCHANGED;
      boolean more = how == End.DONE;
      while (more) {
        more = summarise(session);
      }
    } catch (GatewayProblem unavailable) {
      LOG.debug("session {}: it is not summarised", session.id(), unavailable);
    } finally {
      pending.remove(session);
      ended.incrementAndGet(how.ordinal());
    }
  }

  /** Adds the next messages to the summary; false if it stays as it is. */
  private boolean summarise(Key session) {
    Optional<SummaryStore.State> state = store.state(session);
    Optional<OlderMessages.Choice> choice =
        state.flatMap(found -> OlderMessages.choose(rules, found, this::callId));
    if (choice.isEmpty()) {
      return false;
    }
    Optional<SessionSummary> before = state.get().summary();
    SessionSummary next = next(session, before, choice.get());
    boolean saved = store.save(session, next);
    if (saved) {
      long replaced = choice.get().tokens() + before.map(SessionSummary::tokens).orElse(0L);
      savedTokens.addAndGet(Math.max(0, replaced - next.tokens()));
    }
    return saved;
  }

  private SessionSummary next(
      Key session, Optional<SessionSummary> before, OlderMessages.Choice choice) {
    long after = before.map(SessionSummary::upTo).orElse(0L);
    List<SessionMessage> messages = store.messages(session, after, choice.upTo());
    KeyInformation known = before.map(SessionSummary::information).orElse(KeyInformation.NONE);
    return new SessionSummary(
        before.map(SessionSummary::version).orElse(0) + 1,
        choice.upTo(),
        rules.mode(),
        KeyInformationFinder.find(known, messages, rules.summaryTokens()),
        before.map(SessionSummary::messages).orElse(0) + choice.messages(),
        before.map(SessionSummary::originalTokens).orElse(0L) + choice.tokens(),
        Instant.ofEpochMilli(clock.millis()));
  }

  private String callId(String metadata) {
    return requests.texts(metadata).getOrDefault(SessionTurns.CALL_ID, "");
  }
}
