package dev.serai.adapters.dialects.openai;

import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.problem.ProviderProblem.Fault;
import dev.serai.core.provider.ProviderProfile;

/** What is said when a provider's answer is not in its own grammar. */
final class Garbled {
  private Garbled() {}

  static ProviderProblem at(ProviderProfile provider, MalformedInput where) {
    // Without the offset: it counts from where the network happened to cut the stream.
    return of(provider, "sent something that is not an answer: expected " + where.expected());
  }

  static ProviderProblem noAnswer(ProviderProfile provider) {
    return of(provider, "sent something that is not an answer");
  }

  static ProviderProblem of(ProviderProfile provider, String what) {
    return ProviderProblem.of(provider.name(), Fault.MALFORMED, 502)
        .message("The provider '" + provider.name() + "' " + what + ".")
        .build();
  }
}
