package dev.serai.processors.routing.strategy;

import dev.serai.core.features.PromptOutline;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.request.ModelRequest;
import java.util.Optional;

/**
 * The outline of a request, which is read at the first use and kept. For one call; not thread-safe.
 */
final class RequestContent {
  private final Optional<ModelRequest> request;
  private Optional<PromptOutline> outline = Optional.empty();
  private boolean walked;

  RequestContent(Optional<ModelRequest> request) {
    this.request = request;
  }

  /**
   * The outline of a chat request; empty for any other, and if the request is malformed: the
   * provider, or the translation, says what is wrong.
   */
  Optional<PromptOutline> outline() {
    if (!walked) {
      walked = true;
      outline = walk();
    }
    return outline;
  }

  private Optional<PromptOutline> walk() {
    if (request.isEmpty() || !(request.get() instanceof ChatRequest chat)) {
      return Optional.empty();
    }
    try {
      return Optional.of(chat.outline());
    } catch (GatewayProblem e) {
      return Optional.empty();
    }
  }
}
