package dev.serai.processors.cache;

import dev.serai.core.cache.ResponseKey;
import dev.serai.core.cache.meaning.MeaningKey;
import dev.serai.core.cache.meaning.PromptSignature;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.camel.Exchange;

/**
 * The question of a call that is compared by its meaning, whose embedding is computed. Thread-safe.
 *
 * @param scope what calls must have in common
 */
record AskedPrompt(
    ResponseKey scope, PromptSignature words, CompletableFuture<List<float[]>> embedding) {
  private static final String PROPERTY = "serai.asked-prompt";

  /** That of a call; empty if it is not compared. */
  static Optional<AskedPrompt> of(Exchange exchange) {
    return Optional.ofNullable(exchange.getProperty(PROPERTY, AskedPrompt.class));
  }

  void attachTo(Exchange exchange) {
    exchange.setProperty(PROPERTY, this);
  }

  /** Its key; empty while the embedding is not there, and if it could not be computed. */
  Optional<MeaningKey> key() {
    return embedding.state() == CompletableFuture.State.SUCCESS
        ? Optional.of(key(embedding.resultNow()))
        : Optional.empty();
  }

  /** Gives away the key once it is there, on any thread; never if it cannot be computed. */
  void whenThere(Consumer<MeaningKey> then) {
    embedding.thenAccept(made -> then.accept(key(made)));
  }

  private MeaningKey key(List<float[]> made) {
    return new MeaningKey(scope, words, made.getFirst());
  }
}
