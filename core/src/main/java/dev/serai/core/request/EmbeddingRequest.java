package dev.serai.core.request;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.ToLongFunction;

/**
 * A request for embeddings, one for each input. Immutable; its content is parsed when it is read.
 */
public non-sealed interface EmbeddingRequest extends ModelRequest {
  /** What is to be embedded, in the caller's order; at least one. */
  List<Input> inputs();

  /** The requested length of the embeddings; empty for the default of the model. */
  OptionalInt dimensions();

  /**
   * How many tokens the inputs have. Those that the caller has cut into tokens count as they are.
   *
   * @param ofText how many tokens a text has
   */
  default long tokens(ToLongFunction<String> ofText) {
    long tokens = 0;
    for (Input input : inputs()) {
      tokens +=
          switch (input) {
            case Text(String text) -> ofText.applyAsLong(text);
            case Tokens(List<Integer> numbers) -> numbers.size();
          };
    }
    return tokens;
  }

  /** Fields that no dialect names: JSON text by name. */
  Map<String, String> unknown();

  @Override
  default Operation operation() {
    return Operation.EMBEDDINGS;
  }

  @Override
  default boolean streaming() {
    return false;
  }

  /** One thing to embed. */
  sealed interface Input {}

  /** Text. */
  record Text(String text) implements Input {}

  /** Text that the caller has cut into the model's own tokens. */
  record Tokens(List<Integer> numbers) implements Input {
    public Tokens {
      numbers = List.copyOf(numbers);
    }
  }
}
