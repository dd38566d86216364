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
import dev.serai.core.summary.NextSummary;
import dev.serai.core.summary.OlderMessages;
import dev.serai.core.summary.SessionSummary;
import dev.serai.core.summary.SummaryStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Summarises the older messages of sessions that have become long, or packs them, after a call of
 * theirs has ended and its turn is stored: no client waits for it. A call that stores no turn
 * changes no summary either. A session is summarised once at a time; of two gateways that do it at
 * once, the summary of the second one is not stored. How many sessions wait and how many models are
 * asked at the same time is bounded; others are skipped, and tried again after their next call, but
 * not sooner than a minute after a failure. Thread-safe.
 */
public final class SessionCompression implements CallListener, BackgroundTask {
  private static final Logger LOG = LoggerFactory.getLogger(SessionCompression.class);
  private static final int MAX_WAITING = 256;
  private static final int MAX_ASKED = 4;
  private static final int MAX_FAILED = 1000;
  private static final long PAUSE_MILLIS = 60_000;
  private static final int CHARACTERS_PER_TOKEN = 4;

  /** What has become of a session that was long enough. */
  public enum End {
    /** It has a new summary, or messages of it were packed. */
    DONE,
    /** There is too little besides what stays, or another gateway has summarised it. */
    UNCHANGED,
    /** The store is unavailable, or the model has failed. */
    FAILED,
    /** Too many wait, or it has failed less than a minute ago. */
    SKIPPED;

    /** Its name in metrics. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A session that is to be summarised. */
  private record Job(Key session, SummaryModel.Payer payer) {}

  /** What follows after a part of the messages of a session. */
  private enum Progress {
    NEXT_PART,
    ASKED,
    OVER
  }

  private final SummaryStore store;
  private final SessionRequests requests;
  private final CompressionRules rules;
  private final Optional<SummaryModel> model;
  private final InstantSource clock;
  private final Set<Key> pending = ConcurrentHashMap.newKeySet();
  private final BackgroundQueue<Runnable> tasks = new BackgroundQueue<>(Runnable::run);
  private final AtomicLongArray ended = new AtomicLongArray(End.values().length);
  private final AtomicLong savedTokens = new AtomicLong();
  private final AtomicLong savedBytes = new AtomicLong();

  // Confined to the background thread:
  private final Queue<Job> waiting = new ArrayDeque<>();
  private final Set<Key> changed = new HashSet<>();
  private final Map<Key, Long> failed = new LinkedHashMap<>();
  private int running;

  /**
   * @param model that is asked, if the mode needs one
   * @param clock says when a summary is made
   */
  public SessionCompression(
      SummaryStore store,
      SessionRequests requests,
      CompressionRules rules,
      Optional<SummaryModel> model,
      InstantSource clock) {
    this.store = store;
    this.requests = requests;
    this.rules = rules;
    this.model = model.filter(_ -> rules.mode().needsModel());
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

  /** How many bytes fewer packed texts have. */
  public long savedBytes() {
    return savedBytes.get();
  }

  @Override
  public void settled(Call call) {
    if (call.request() instanceof RecalledRequest recalled
        && RememberTurn.leavesTurn(call, recalled)) {
      long tokens = Math.max(recalled.tokensBefore(), recalled.size() / CHARACTERS_PER_TOKEN);
      if (rules.isDue(tokens) && !pending.contains(recalled.session())) {
        offer(new Job(recalled.session(), SummaryModel.Payer.of(call)));
      }
    }
  }

  private void offer(Job job) {
    if (pending.size() >= MAX_WAITING) {
      ended.incrementAndGet(End.SKIPPED.ordinal());
    } else if (pending.add(job.session)) {
      tasks.add(
          () -> {
            waiting.add(job);
            beginNext();
          });
    }
  }

  /** Summarises sessions until the thread is stopped. */
  @Override
  public void run(BackgroundThread thread) {
    tasks.run(thread);
  }

  private void beginNext() {
    while (running < MAX_ASKED && !waiting.isEmpty()) {
      Job next = waiting.remove();
      running++;
      if (isPausing(next.session)) {
        end(next, End.SKIPPED);
      } else {
        proceed(next);
      }
    }
  }

  private boolean isPausing(Key session) {
    return clock.millis() < failed.getOrDefault(session, Long.MIN_VALUE) + PAUSE_MILLIS;
  }

  /** Works on a session until a model is asked or it is over. */
  private void proceed(Job job) {
    Progress progress = Progress.OVER;
    End how = End.FAILED;
    try {
      do {
        progress = rules.mode().summarises() ? summarise(job) : pack(job);
      } while (progress == Progress.NEXT_PART);
      how = changed.contains(job.session) ? End.DONE : End.UNCHANGED;
    } catch (GatewayProblem unavailable) {
      progress = Progress.OVER;
      LOG.debug("session {}: it is not summarised", job.session.id(), unavailable);
    } finally {
      if (progress != Progress.ASKED) {
        end(job, how);
      }
    }
  }

  private void end(Job job, End how) {
    running--;
    changed.remove(job.session);
    if (how == End.FAILED) {
      pause(job.session);
    }
    ended.incrementAndGet(how.ordinal());
    pending.remove(job.session);
    tasks.add(this::beginNext); // a task of its own: it is run whatever is thrown now
  }

  private void pause(Key session) {
    failed.remove(session);
    failed.put(session, clock.millis());
    if (failed.size() > MAX_FAILED) {
      failed.remove(failed.keySet().iterator().next());
    }
  }

  /** Packs the next messages of a session. */
  private Progress pack(Job job) {
    Optional<SummaryStore.State> state = store.unpacked(job.session);
    Optional<OlderMessages.Choice> choice =
        state.flatMap(found -> OlderMessages.choose(rules, found, this::callId));
    if (choice.isEmpty()) {
      return Progress.OVER;
    }
    long before = state.get().rows().getFirst().number() - 1;
    List<SessionMessage> messages = store.messages(job.session, before, choice.get().upTo());
    OptionalLong saved =
        messages.isEmpty() ? OptionalLong.empty() : store.pack(job.session, messages);
    if (saved.isPresent()) {
      changed.add(job.session);
      savedBytes.addAndGet(saved.getAsLong());
    }
    return saved.isPresent() ? Progress.NEXT_PART : Progress.OVER;
  }

  /** Adds the next messages to the summary of a session, or asks a model to do so. */
  private Progress summarise(Job job) {
    Optional<NextSummary> next = next(job.session);
    if (next.isEmpty()) {
      return Progress.OVER;
    }
    if (model.isPresent()) {
      return ask(model.get(), job, next.get()) ? Progress.ASKED : Progress.OVER;
    }
    return save(job, next.get(), Optional.empty()) ? Progress.NEXT_PART : Progress.OVER;
  }

  private Optional<NextSummary> next(Key session) {
    Optional<SummaryStore.State> state = store.state(session);
    Optional<OlderMessages.Choice> choice =
        state.flatMap(found -> OlderMessages.choose(rules, found, this::callId));
    return choice.map(
        chosen -> {
          Optional<SessionSummary> before = state.get().summary();
          long after = before.map(SessionSummary::upTo).orElse(0L);
          List<SessionMessage> messages = store.messages(session, after, chosen.upTo());
          return new NextSummary(rules, before, chosen, messages);
        });
  }

  private boolean ask(SummaryModel asked, Job job, NextSummary next) {
    return asked.ask(next, job.payer, text -> tasks.add(() -> take(job, next, text)));
  }

  private void take(Job job, NextSummary next, Optional<String> text) {
    Optional<End> over = Optional.of(End.FAILED);
    try {
      if (text.isEmpty()) {
        LOG.warn("session {}: the model gave no summary", job.session.id());
        pause(job.session); // also if its sentences are stored: the next part waits for the model
      }
      if (text.isPresent() || rules.mode().findsInformation()) {
        End saved = save(job, next, text) ? End.DONE : End.UNCHANGED;
        over = Optional.of(saved).filter(how -> text.isEmpty() || how == End.UNCHANGED);
      }
    } catch (GatewayProblem unavailable) {
      LOG.debug("session {}: its summary is not stored", job.session.id(), unavailable);
    } finally {
      over.ifPresentOrElse(how -> end(job, how), () -> proceed(job));
    }
  }

  private boolean save(Job job, NextSummary next, Optional<String> text) {
    SessionSummary made = next.make(text, Instant.ofEpochMilli(clock.millis()));
    boolean saved = store.save(job.session, made);
    if (saved) {
      changed.add(job.session);
      savedTokens.addAndGet(next.savedTokens(made));
    }
    return saved;
  }

  private String callId(String metadata) {
    return requests.texts(metadata).getOrDefault(SessionTurns.CALL_ID, "");
  }
}
