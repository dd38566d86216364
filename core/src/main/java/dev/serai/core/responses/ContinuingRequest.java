package dev.serai.core.responses;

import dev.serai.core.problem.CallerProblem;
import dev.serai.core.request.ChatRequest;
import java.util.Optional;

/**
 * A request that may go on from answers that were kept, and whose answer may be kept. Confined to
 * the thread that carries its call.
 */
public interface ContinuingRequest extends ChatRequest {
  /** Whether it refers to anything that was kept. */
  boolean hasReferences();

  /**
   * Takes what the request refers to. To be called before an attempt is made. May block.
   *
   * @throws CallerProblem if something it refers to is not there
   */
  void load(StoredResponses kept);

  /** The provider that keeps all that the request refers to, and so is best asked first. */
  Optional<String> storedBy();

  /** What is to be kept; empty while there is no answer, and if the caller wants none kept. */
  Optional<StoredResponse> toStore();
}
