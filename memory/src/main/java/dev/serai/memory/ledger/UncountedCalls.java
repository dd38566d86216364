package dev.serai.memory.ledger;

import dev.serai.core.call.Attempt;
import dev.serai.core.call.Call;
import dev.serai.core.chat.Usage;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.request.EmbeddingRequest;
import dev.serai.core.request.ModelRequest;
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
 * The texts of calls that nobody counted, until their tokens are estimated. Bounded: what there is
 * no room for, and what a crash takes, stays with the first guess of its entry. Thread-safe; {@link
 * #refine} is for one thread.
 */
final class UncountedCalls {
  private static final Logger LOG = LoggerFactory.getLogger(UncountedCalls.class);
  private static final int MOST_CALLS = 1024;
  private static final long MOST_BYTES = 16L * 1024 * 1024;

  private final Map<String, Kept> calls = new ConcurrentHashMap<>();
  private final AtomicLong bytes = new AtomicLong();
  private final Tokenizer tokenizer;

  UncountedCalls(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /** What is kept of a call: no more than the estimate needs. */
  private record Kept(ModelRequest request, List<Optional<Supplier<String>>> answers) {}

  /** Keeps the texts of a call, if there is anything to estimate. */
  void keep(Call call) {
    ModelRequest request = call.request();
    if (!(request instanceof ChatRequest) && !(request instanceof EmbeddingRequest)) {
      return;
    }
    List<Attempt> attempts = call.attempts();
    for (int i = 0; i < attempts.size(); i++) {
      Attempt attempt = attempts.get(i);
      if (attempt.usage().isEmpty() && attempt.firstTokenNanos() != 0) {
        add(call, request);
        return;
      }
    }
  }

  private void add(Call call, ModelRequest request) {
    int size = request.bytes().length;
    if (calls.size() < MOST_CALLS && bytes.addAndGet(size) <= MOST_BYTES) {
      List<Optional<Supplier<String>>> answers =
          call.attempts().stream().map(Attempt::uncounted).toList();
      calls.put(call.requestId(), new Kept(request, answers));
    } else {
      bytes.addAndGet(-size);
    }
  }

  /** The usage of a row whose count is a guess, estimated as well as it can be. */
  Usage refine(UsageRecord row) {
    Kept kept = calls.get(row.requestId());
    if (kept == null || row.attempt() < 1 || row.attempt() > kept.answers.size()) {
      return row.usage();
    }
    String model = row.candidate().model();
    try {
      long input = input(model, kept.request);
      Optional<Supplier<String>> answer = kept.answers.get(row.attempt() - 1);
      long output =
          answer.isPresent() ? tokenizer.tokens(model, answer.get().get()) : row.usage().output();
      return Usage.of(input, output);
    } catch (GatewayProblem | IllegalStateException e) {
      LOG.debug("request {}: its tokens stay a guess", row.requestId(), e);
      return row.usage();
    }
  }

  private long input(String model, ModelRequest request) {
    return switch (request) {
      case ChatRequest chat -> tokenizer.tokens(model, chat.conversation());
      case EmbeddingRequest embedding -> {
        long tokens = 0;
        for (EmbeddingRequest.Input input : embedding.inputs()) {
          tokens +=
              switch (input) {
                case EmbeddingRequest.Text(String text) -> tokenizer.tokens(model, text);
                case EmbeddingRequest.Tokens(List<Integer> numbers) -> numbers.size();
              };
        }
        yield tokens;
      }
      default -> throw new IllegalStateException("nobody estimates " + request.operation());
    };
  }

  /** The rows of that call are in the database. */
  void forget(String requestId) {
    Kept kept = calls.isEmpty() ? null : calls.remove(requestId);
    if (kept != null) {
      bytes.addAndGet(-kept.request.bytes().length);
    }
  }
}
