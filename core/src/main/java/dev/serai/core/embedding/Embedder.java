package dev.serai.core.embedding;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** Makes embeddings of texts. Never blocks. Thread-safe. */
public interface Embedder extends AutoCloseable {
  /** The most texts of one request. */
  int MAX_TEXTS = 64;

  /** Names the model and its version: embeddings of different models cannot be compared. */
  String model();

  /** How many numbers an embedding has. */
  int dimension();

  /**
   * The embeddings of texts, in their order, each of length 1. Of a long text only the beginning
   * counts.
   *
   * @param tenant whose texts these are: an embedding that is cached for one tenant is not used for
   *     another, who could learn from the time of a reply what others have asked
   * @param texts 1 to {@link #MAX_TEXTS}
   * @return completes exceptionally with a {@link dev.serai.core.problem.CapacityProblem} when too
   *     many texts wait, of all tenants or of this one, or the embedder is closed, and with the
   *     fault of the model when that fails. Once its future is cancelled, texts that wait are not
   *     computed
   */
  CompletionStage<List<float[]>> embed(String tenant, List<String> texts);

  @Override
  void close();
}
