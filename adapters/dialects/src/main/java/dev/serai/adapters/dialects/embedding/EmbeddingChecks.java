package dev.serai.adapters.dialects.embedding;

import dev.serai.adapters.dialects.problem.ProviderProblems;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.dialect.Destination;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.request.EmbeddingRequest;
import java.util.Map;

/** What requests and replies of embeddings must be, for every provider. Pure. */
public final class EmbeddingChecks {
  /** What to do with a text that is too long, in the words of Ollama's clients. */
  public static final String TRUNCATE = "truncate";

  private EmbeddingChecks() {}

  /**
   * The text of an input, for a provider that takes nothing else.
   *
   * @throws CallerProblem 400 if it is token numbers
   */
  public static String text(EmbeddingRequest.Input input, Destination destination) {
    if (input instanceof EmbeddingRequest.Text(String text)) {
      return text;
    }
    throw CallerProblem.invalid(
        "input",
        "The provider '" + destination.provider().name() + "' takes text, not token numbers.");
  }

  /**
   * Reports the members that a provider that cuts long texts has no place for: {@code truncate} of
   * Ollama's clients has an effect if it is false.
   */
  public static void drop(Map<String, String> unknown, DroppedFields dropped) {
    dropped.addAll(unknown);
    if (unknown.getOrDefault(TRUNCATE, "").equals("false")) {
      dropped.add(TRUNCATE);
    }
  }

  /**
   * Requires one embedding for each input.
   *
   * @throws ProviderProblem MALFORMED if the reply has fewer or more
   */
  public static void requireAll(int embeddings, EmbeddingRequest request, Destination destination) {
    if (embeddings != request.inputs().size()) {
      throw miscounted(destination);
    }
  }

  /** The problem of a reply with fewer or more embeddings than inputs. */
  public static ProviderProblem miscounted(Destination destination) {
    return ProviderProblems.malformed(destination, "fewer or more embeddings than inputs");
  }

  /** The problem of a reply that is not in the provider's grammar. */
  public static ProviderProblem unreadable(Destination destination) {
    return ProviderProblems.malformed(destination, "embeddings that cannot be read");
  }
}
