package dev.serai.processors.cache;

import dev.serai.core.cache.ResponseKey;
import dev.serai.core.cache.meaning.MeaningPolicy;
import dev.serai.core.cache.meaning.PromptSignature;
import dev.serai.core.cache.meaning.SimilarPrompts;
import dev.serai.core.call.Call;
import dev.serai.core.embedding.Embedder;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the questions of calls by their meaning. The embedding is computed on another thread; a
 * call waits for it a short time and without a thread, and goes on without it then. Thread-safe.
 */
public final class PromptComparison {
  private static final Logger LOG = LoggerFactory.getLogger(PromptComparison.class);

  private final Embedder embedder;
  private final SimilarPrompts prompts;
  private final Supplier<Rules> rules;
  private final EventLoops loops;

  /**
   * What is compared, as the settings say.
   *
   * @param patience for an embedding
   */
  public record Rules(MeaningPolicy policy, Duration patience) {}

  /**
   * Reads a file, so not for event loops.
   *
   * @param rules as they are now
   */
  public PromptComparison(
      Embedder embedder, SimilarPrompts prompts, Supplier<Rules> rules, EventLoops loops) {
    this.embedder = embedder;
    this.prompts = prompts;
    this.rules = rules;
    this.loops = loops;
    PromptSignature.load();
  }

  SimilarPrompts prompts() {
    return prompts;
  }

  /**
   * Begins to compare the question of a call.
   *
   * @param key of its response
   * @param asked whether the call has asked for it itself
   * @param then is called once, on the event loop and later; not if this returns false. The
   *     exchange has failed if the client has gone
   * @return false if the call cannot be compared
   */
  boolean begin(Exchange exchange, ResponseKey key, boolean asked, Runnable then) {
    Rules current = rules.get();
    Optional<AskedPrompt> made = asked(Calls.of(exchange), key, current.policy(), asked);
    if (made.isEmpty()) {
      return false;
    }
    made.get().attachTo(exchange);
    ScheduledExecutorService loop = loops.of(exchange);
    Waiting waiting = new Waiting(then);
    waiting.until(
        loop.schedule(waiting::end, current.patience().toMillis(), TimeUnit.MILLISECONDS),
        loops.onDisconnect(
            exchange,
            () -> {
              made.get().embedding().cancel(false);
              exchange.setException(CallerProblem.disconnected());
              waiting.end();
            }));
    made.get().embedding().whenComplete((_, _) -> EventLoops.run(loop, waiting::end));
    return true;
  }

  /** What was found for a call whose comparison has ended. */
  Optional<SimilarPrompts.Similar> found(Exchange exchange) {
    return AskedPrompt.of(exchange).flatMap(AskedPrompt::key).flatMap(prompts::find);
  }

  private Optional<AskedPrompt> asked(
      Call call, ResponseKey key, MeaningPolicy policy, boolean asked) {
    try {
      Optional<String> prompt = policy.compared(call.chat().conversation(), asked);
      Optional<PromptSignature> words = prompt.flatMap(PromptSignature::of);
      if (words.isEmpty()) {
        return Optional.empty();
      }
      return call.chat()
          .digestWithout(prompt.get())
          .map(
              digest ->
                  new AskedPrompt(
                      key.with(digest),
                      words.get(),
                      embedder.embed(key.tenant(), List.of(prompt.get())).toCompletableFuture()));
    } catch (GatewayProblem unreadable) { // a provider may read what Serai does not
      LOG.debug("request {} is not compared by its meaning", call.requestId(), unreadable);
      return Optional.empty();
    }
  }
}
