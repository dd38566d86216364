package dev.serai.processors.routing.strategy;

import dev.serai.core.features.PromptOutline;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.request.ModelRequest;
import java.util.Optional;

/**
 * What the candidates of a plan are compared by, which is read at the first use and kept: the
 * outline of the request and the prices of that moment. For one call; not thread-safe.
 */
final class RequestContent {
  private final Optional<ModelRequest> request;
  private Optional<PromptOutline> outline = Optional.empty();
  private Optional<ModelCatalogue.Prices> prices = Optional.empty();
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

  /** The prices in a catalogue when they were first asked for. */
  ModelCatalogue.Prices prices(ModelCatalogue catalogue) {
    if (prices.isEmpty()) {
      prices = Optional.of(catalogue.prices());
    }
    return prices.get();
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
