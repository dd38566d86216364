package dev.serai.adapters.dialects.openai;

import dev.serai.adapters.dialects.openaiapi.Quirk;
import dev.serai.adapters.dialects.request.ParameterNames;
import dev.serai.core.dialect.Destination;
import java.util.List;

/** The names of parameters at a provider, which its quirks may change. Stateless. */
final class ParameterMembers {
  private ParameterMembers() {}

  /**
   * @param completion whether the request is one of the legacy completions API
   */
  static ParameterNames of(boolean completion, Destination destination) {
    String most = "max_completion_tokens";
    String older = "max_tokens";
    return new ParameterNames(
        List.of(),
        List.of("temperature"),
        List.of("top_p"),
        completion || Quirk.MAX_TOKENS_ONLY.of(destination)
            ? List.of(older, most)
            : List.of(most, older),
        List.of(Quirk.RANDOM_SEED.of(destination) ? "random_seed" : "seed"),
        completion ? List.of() : List.of("reasoning_effort"));
  }
}
