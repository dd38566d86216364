package dev.serai.processors.admission;

import dev.serai.core.chat.Usage;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.model.ModelFacts;
import dev.serai.core.request.ModelRequest;
import dev.serai.core.request.Operation;
import dev.serai.core.request.ResponseBounds;
import dev.serai.core.routing.Candidate;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * What a call may cost at most. Three bytes of the request count as a token, at the highest price
 * that may apply: of a long prompt, of a cache write, of reasoning, of the requested service tier.
 * The response has as many tokens as the request, the parameters of the model or else the model
 * allow. Thread-safe.
 */
final class WorstCase {
  /** The tokens of a response if neither the request nor the catalogue limits them. */
  static final long DEFAULT_OUTPUT = 16_384;

  private static final int BYTES_PER_TOKEN = 3;

  /** The most tokens of a prompt, unless the context of a model has more: some are extensible. */
  private static final long MAX_PROMPT = 1_000_000;

  private final ModelCatalogue catalogue;

  WorstCase(ModelCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** The tokens of a request. */
  static long input(ModelRequest request) {
    return 1 + request.size() / BYTES_PER_TOKEN;
  }

  /** In nano US dollars (1e-9 USD); empty if the price is not known. */
  OptionalLong nanoUsd(
      Candidate candidate, ModelRequest request, ResponseBounds bounds, Instant at) {
    long input = prompt(candidate, input(request));
    long output =
        request.operation() == Operation.EMBEDDINGS
            ? 0
            : bounds.choices() * output(candidate, bounds);
    OptionalLong standard = highest(candidate, Usage.of(input, output), at);
    if (bounds.tier().isEmpty() || standard.isEmpty()) {
      return standard;
    }
    OptionalLong tier = highest(candidate, Usage.of(input, output).withTier(bounds.tier()), at);
    return OptionalLong.of(Math.max(standard.getAsLong(), tier.orElse(0)));
  }

  private long prompt(Candidate candidate, long tokens) {
    return tokens <= MAX_PROMPT
        ? tokens
        : Math.min(
            tokens, Math.max(MAX_PROMPT, catalogue.facts(candidate).contextLength().orElse(0)));
  }

  private long output(Candidate candidate, ResponseBounds bounds) {
    OptionalLong most = catalogue.parameters(candidate).outputLimit(bounds.maxTokens());
    if (most.isPresent()) {
      return most.getAsLong();
    }
    ModelFacts facts = catalogue.facts(candidate);
    return facts.maxOutputTokens().isPresent()
        ? facts.maxOutputTokens().getAsInt()
        : Math.min(DEFAULT_OUTPUT, facts.contextLength().orElse(Integer.MAX_VALUE));
  }

  /** The cost of so many tokens if all of them are of the most expensive kind. */
  private OptionalLong highest(Candidate candidate, Usage tokens, Instant at) {
    OptionalLong most = OptionalLong.empty();
    for (int variant = 0; variant < 6; variant++) {
      long input = tokens.input();
      long written = variant % 3 > 0 ? input : 0;
      long hour = variant % 3 > 1 ? input : 0;
      long reasoned = variant < 3 ? 0 : tokens.output();
      Usage usage =
          new Usage(input, tokens.output(), 0, written, reasoned, hour, 0, 0, tokens.tier());
      OptionalLong cost = catalogue.costNanoUsd(candidate, usage, at);
      if (cost.isPresent() && cost.getAsLong() > most.orElse(-1)) {
        most = cost;
      }
    }
    return most;
  }
}
