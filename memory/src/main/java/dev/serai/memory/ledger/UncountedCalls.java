package dev.serai.memory.ledger;

import dev.serai.core.call.Attempt;
import dev.serai.core.call.Attempt.UncountedText;
import dev.serai.core.call.Call;
import dev.serai.core.call.HedgedAttempts;
import dev.serai.core.chat.Usage;
import dev.serai.core.limit.ByteHold;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.request.EmbeddingRequest;
import dev.serai.core.request.ModelRequest;
import dev.serai.core.request.RelayRequest;
import dev.serai.core.usage.UsageRecord;
import dev.serai.memory.tokens.Tokenizer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the texts of calls whose tokens no provider counted, until the tokens are estimated from
 * the texts. Bounded in calls and bytes, and counted in the memory limit: a call that does not fit,
 * or that a crash loses, keeps the {@linkplain RoughEstimates rough estimate} of its journal entry.
 * Thread-safe; {@link #refine} is for one thread.
 */
final class UncountedCalls {
  private static final Logger LOG = LoggerFactory.getLogger(UncountedCalls.class);
  private static final int MAX_CALLS = 1024;
  private static final long MAX_BYTES = 16L * 1024 * 1024;

  private final Map<String, Texts> calls = new ConcurrentHashMap<>();
  private final AtomicLong bytes = new AtomicLong();
  private final Tokenizer tokenizer;
  private final ByteLimit memory;

  /**
   * @param memory counts the texts that are held
   */
  UncountedCalls(Tokenizer tokenizer, ByteLimit memory) {
    this.tokenizer = tokenizer;
    this.memory = memory;
  }

  /**
   * The texts of a call: no more than the estimate needs.
   *
   * @param outputs the text that each attempt received, if it received any
   * @param size in bytes
   * @param hold the bytes in the memory limit
   */
  private record Texts(
      ModelRequest request, List<Optional<Supplier<String>>> outputs, long size, ByteHold hold) {}

  /** Holds the texts of a call that has ended, if any of its attempts was not counted. */
  public void add(Call call) {
    ModelRequest request = call.request();
    if (!(request instanceof ChatRequest) && !(request instanceof EmbeddingRequest)) {
      return;
    }
    List<Attempt> attempts = call.attempts();
    for (int i = 0; i < attempts.size(); i++) {
      Attempt attempt = attempts.get(i);
      boolean used = attempt.firstTokenNanos() != 0 || HedgedAttempts.isCharged(attempt, call);
      if (attempt.usage().isEmpty() && used) {
        add(call, request);
        return;
      }
    }
  }

  private void add(Call call, ModelRequest request) {
    long size = request.size();
    for (Attempt attempt : call.attempts()) {
      size += attempt.uncountedText().map(UncountedText::bytes).orElse(0);
    }
    ByteHold hold = memory.hold();
    boolean fits = bytes.addAndGet(size) <= MAX_BYTES && calls.size() < MAX_CALLS;
    if (fits && hold.resize(size)) {
      List<Optional<Supplier<String>>> outputs =
          call.attempts().stream()
              .map(attempt -> attempt.uncountedText().map(UncountedText::text))
              .toList();
      calls.put(call.requestId(), new Texts(request, outputs, size, hold));
    } else {
      bytes.addAndGet(-size);
    }
  }

  /** Estimates the usage of an uncounted row from its texts, or returns the row's own estimate. */
  public Usage refine(UsageRecord row) {
    Texts texts = calls.get(row.requestId());
    if (texts == null || row.attempt() < 1 || row.attempt() > texts.outputs.size()) {
      return row.usage();
    }
    String model = row.candidate().model();
    try {
      long input = input(model, texts.request);
      long output = output(row, texts.outputs.get(row.attempt() - 1));
      return Usage.of(input, output);
    } catch (GatewayProblem | IllegalStateException e) {
      LOG.debug("request {}: its tokens keep the rough estimate", row.requestId(), e);
      return row.usage();
    }
  }

  private long output(UsageRecord row, Optional<Supplier<String>> text) {
    return text.isPresent()
        ? tokenizer.tokens(row.candidate().model(), text.get().get())
        : row.usage().output();
  }

  private long input(String model, ModelRequest request) {
    return switch (request) {
      case ChatRequest chat -> tokenizer.estimate(model, chat.conversation());
      case EmbeddingRequest embedding -> embedding.tokens(tokenizer.counter(model));
      case RelayRequest _ ->
          throw new IllegalStateException("no estimate for " + request.operation());
    };
  }

  /** Forgets a call whose rows are in the database. */
  public void remove(String requestId) {
    Texts texts = calls.isEmpty() ? null : calls.remove(requestId);
    if (texts != null) {
      bytes.addAndGet(-texts.size);
      texts.hold.release();
    }
  }
}
