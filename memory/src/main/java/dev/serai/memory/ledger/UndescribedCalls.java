package dev.serai.memory.ledger;

import dev.serai.core.call.Call;
import dev.serai.core.features.RequestFeatures;
import dev.serai.core.limit.ByteHold;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.usage.RecordedDecision;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the requests of calls of which a candidate was chosen by a strategy that reads no features,
 * until the writer reads them from the request: that takes longer than an event loop should.
 * Bounded in calls and bytes, and counted in the limit of the bytes that are held: a call that does
 * not fit, or that a crash loses, has no features in the ledger. Thread-safe; {@link #describe} is
 * for one thread.
 */
final class UndescribedCalls {
  private static final Logger LOG = LoggerFactory.getLogger(UndescribedCalls.class);
  private static final int MAX_CALLS = 1024;
  private static final long MAX_BYTES = 16L * 1024 * 1024;

  private final Map<String, Held> calls = new ConcurrentHashMap<>();
  private final AtomicLong bytes = new AtomicLong();
  private final ByteLimit memory;

  private record Held(ChatRequest request, String taskType, long size, ByteHold hold) {}

  /**
   * @param memory counts the requests that are held
   */
  UndescribedCalls(ByteLimit memory) {
    this.memory = memory;
  }

  /** Holds the request of a call that has ended, if features of it are to be read. */
  void add(Call call) {
    if (call.hasPlan()
        && call.plan().decision().isPresent()
        && call.plan().decision().get().draw().isEmpty()
        && call.request() instanceof ChatRequest chat) {
      hold(call, chat);
    }
  }

  private void hold(Call call, ChatRequest chat) {
    long size = chat.size();
    ByteHold hold = memory.hold();
    boolean fits = bytes.addAndGet(size) <= MAX_BYTES && calls.size() < MAX_CALLS;
    if (fits && hold.resize(size)) {
      calls.put(call.requestId(), new Held(chat, call.caller().taskType(), size, hold));
    } else {
      bytes.addAndGet(-size);
    }
  }

  /** The decision with the features of its request, if it is held. */
  RecordedDecision describe(String requestId, RecordedDecision decision) {
    Held held = calls.isEmpty() ? null : calls.get(requestId);
    if (held == null || decision.features().isPresent()) {
      return decision;
    }
    try {
      RequestFeatures features = RequestFeatures.of(held.request.outline(), held.taskType);
      return decision.of(features.recorded());
    } catch (GatewayProblem e) {
      LOG.debug("request {}: its features cannot be read", requestId, e);
      return decision;
    }
  }

  /** Forgets a call whose rows are in the database. */
  void remove(String requestId) {
    Held held = calls.isEmpty() ? null : calls.remove(requestId);
    if (held != null) {
      bytes.addAndGet(-held.size);
      held.hold.release();
    }
  }
}
