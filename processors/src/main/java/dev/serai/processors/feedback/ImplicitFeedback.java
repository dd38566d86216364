package dev.serai.processors.feedback;

import dev.serai.config.feedback.ImplicitFeedbackSettings;
import dev.serai.core.background.BackgroundQueue;
import dev.serai.core.background.BackgroundTask;
import dev.serai.core.background.BackgroundThread;
import dev.serai.core.call.Call;
import dev.serai.core.call.CallListener;
import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Role;
import dev.serai.core.chat.Conversation.ToolResult;
import dev.serai.core.feedback.Feedback;
import dev.serai.core.feedback.FeedbackSource;
import dev.serai.core.feedback.FormatCheck;
import dev.serai.core.limit.ByteHold;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.usage.UsageLedger;
import dev.serai.core.usage.UsageRecord;
import dev.serai.processors.feedback.KeptResponse.Kept;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Observes the calls whose model a bandit has chosen, and gives feedback on them: a client that
 * leaves a stream, a prompt that comes again, a tool that has failed, a response that is not the
 * JSON that was asked for. Calls are noted as they end, and looked at on a background thread;
 * beyond a bounded number or the memory limit they are dropped, and counted. No text is kept of a
 * call that was looked at. Thread-safe.
 */
public final class ImplicitFeedback implements CallListener, BackgroundTask {
  private static final Logger LOG = LoggerFactory.getLogger(ImplicitFeedback.class);
  private static final int MAX_WAITING = 1_000;
  private static final int MAX_KNOWN = 20_000;

  private final Supplier<ImplicitFeedbackSettings> settings;
  private final ByteLimit memory;
  private final Takes takes;
  private final byte[] salt;
  private final FormatCheck formats;
  private final Map<String, Kept> kept = new ConcurrentHashMap<>(); // of calls that end now
  private final BackgroundQueue<Waiting> waiting = new BackgroundQueue<>(this::observe);
  private final AtomicInteger size = new AtomicInteger();
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicLongArray given = new AtomicLongArray(FeedbackSource.values().length);
  private final Map<PromptHash, Known> known = new Recent(); // of the background thread

  /** What takes the feedback. */
  record Takes(UsageLedger ledger, FeedbackIntake intake, InstantSource clock) {}

  /**
   * A call that is to be looked at.
   *
   * @param response to be compared with the format that was asked for
   */
  private record Waiting(EndedCall call, Optional<Kept> response) {
    void release() {
      call.bytes().release();
      response.ifPresent(one -> one.bytes().release());
    }
  }

  /** A call that has ended with a prompt. */
  private record Known(String requestId, long endMillis) {}

  /** The calls whose prompts came last. */
  private static final class Recent extends LinkedHashMap<PromptHash, Known> {
    private static final long serialVersionUID = 1;

    @Override
    protected boolean removeEldestEntry(Map.Entry<PromptHash, Known> eldest) {
      return size() > MAX_KNOWN;
    }
  }

  /**
   * @param settings what is observed
   * @param memory that requests and responses are taken from while they wait
   * @param salt of the hashes of prompts
   * @param formats compares responses with what was asked for
   */
  ImplicitFeedback(
      Supplier<ImplicitFeedbackSettings> settings,
      ByteLimit memory,
      Takes takes,
      byte[] salt,
      FormatCheck formats) {
    this.settings = settings;
    this.memory = memory;
    this.takes = takes;
    this.salt = salt.clone();
    this.formats = formats;
  }

  /** How many calls were dropped, because too many waited. */
  public long dropped() {
    return dropped.get();
  }

  /** How often feedback of this source was given. */
  public long given(FeedbackSource source) {
    return given.get(source.ordinal());
  }

  /** Whether the response of a planned call is to be compared with the format it asks for. */
  boolean checksFormat(Call call) {
    ImplicitFeedbackSettings rules = settings.get();
    return rules.enabled()
        && rules.format() > 0
        && EndedCall.isPlanned(call)
        && EndedCall.wantsJson(call.chat());
  }

  /** What keeps the response of such a call, until {@link #settled} receives the call. */
  KeptResponse keep(Call call) {
    return new KeptResponse(
        call, memory.hold(), response -> kept.put(call.requestId(), response), () -> {});
  }

  @Override
  public void settled(Call call) {
    Optional<Kept> response =
        kept.isEmpty() ? Optional.empty() : Optional.ofNullable(kept.remove(call.requestId()));
    if (!settings.get().enabled() || !EndedCall.isChosen(call)) {
      response.ifPresent(one -> one.bytes().release());
      return;
    }
    ByteHold bytes = memory.hold();
    Waiting next = new Waiting(EndedCall.of(call, takes.clock(), bytes), response);
    if (size.incrementAndGet() > MAX_WAITING || !bytes.resize(call.asked().size())) {
      size.decrementAndGet();
      next.release();
      dropped.incrementAndGet();
      return;
    }
    waiting.add(next);
  }

  /** Looks at the calls that have ended, until the thread is stopped. */
  @Override
  public void run(BackgroundThread thread) {
    waiting.run(thread);
  }

  private void observe(Waiting next) {
    try {
      observe(next.call(), settings.get());
      next.response().ifPresent(response -> check(response, settings.get()));
    } catch (GatewayProblem unavailable) {
      LOG.debug("request {}: not all is observed", next.call().requestId(), unavailable);
    } finally {
      size.decrementAndGet();
      next.release();
    }
  }

  /** Text that ends with a stop sequence of the client may be cut. */
  private void check(Kept response, ImplicitFeedbackSettings rules) {
    Conversation asked = response.request().conversation();
    if (asked.sampling().stop().isEmpty()
        && formats.isBroken(asked.responseFormat(), response.response().get())) {
      give(response.requestId(), FeedbackSource.FORMAT, rules.format());
    }
  }

  private void observe(EndedCall call, ImplicitFeedbackSettings rules) {
    if (call.left()) {
      give(call.requestId(), FeedbackSource.ABORT, rules.abort());
    }
    List<Message> messages = call.request().conversation().messages();
    PromptHash prompt = PromptHash.of(salt, call.owner(), messages);
    Known same = known.get(prompt);
    if (same != null && call.inSession() && isSoon(call, same, rules)) {
      give(same.requestId(), FeedbackSource.RETRY, rules.retry());
    }
    int called = callOfFailedTool(messages);
    if (called >= 0) {
      Known before = known.get(PromptHash.of(salt, call.owner(), messages.subList(0, called)));
      if (before != null) {
        give(before.requestId(), FeedbackSource.TOOL, rules.tool());
      }
    }
    known.remove(prompt); // so that it is the youngest again
    known.put(prompt, new Known(call.requestId(), call.endMillis()));
  }

  /** Requests that run at the same time are not a second try. */
  private static boolean isSoon(EndedCall call, Known same, ImplicitFeedbackSettings rules) {
    long after = call.startMillis() - same.endMillis();
    return after >= 0 && after <= rules.retryWithin().toMillis();
  }

  /**
   * The place of the last message of the model, if a tool that it has called has failed; else -1.
   */
  private static int callOfFailedTool(List<Message> messages) {
    boolean failed = false;
    for (int i = messages.size() - 1; i >= 0; i--) {
      Message message = messages.get(i);
      failed |= message.toolResult().filter(ToolResult::failed).isPresent();
      if (message.role() == Role.ASSISTANT) {
        return failed ? i : -1;
      }
    }
    return -1;
  }

  private void give(String requestId, FeedbackSource source, double weight) {
    List<UsageRecord> rows =
        weight == 0 ? List.of() : takes.ledger().of(requestId, Optional.empty());
    if (rows.isEmpty() || !FeedbackIntake.isLearned(rows)) {
      return;
    }
    UsageRecord last = rows.getLast();
    Feedback.Subject about = new Feedback.Subject(last.requestId(), last.caller().tenant());
    takes.intake().take(rows, Feedback.observed(source, about, -weight, takes.clock().millis()));
    given.incrementAndGet(source.ordinal());
  }
}
