package dev.serai.core.responses;

import dev.serai.core.problem.CallerProblem;
import dev.serai.core.request.ChatRequest;
import java.util.Optional;

/**
 * A request that may continue stored responses, and whose response may be stored. Confined to the
 * thread that carries its call.
 */
public interface ContinuingRequest extends ChatRequest {
  /** Whether it references a stored response. */
  boolean hasReferences();

  /**
   * Loads what the request references. To be called before an attempt is made. May block.
   *
   * @throws CallerProblem if something it refers to is not there
   */
  void load(StoredResponses stored);

  /** The provider that stored all referenced responses, and so is best tried first. */
  Optional<String> storedBy();

  /** The response to store; empty before there is one, and if the caller wants none stored. */
  Optional<StoredResponse> toStore();
}
