package dev.serai.adapters.dialects.openaiapi;

import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.problem.ProviderProblems;
import dev.serai.core.dialect.Destination;
import dev.serai.core.problem.ProviderProblem;

/** Makes the problems for responses that are not in the grammar of OpenAI's APIs. Stateless. */
public final class MalformedResponse {
  private static final String UNREADABLE = "a response that cannot be read";

  private MalformedResponse() {}

  /** The response cannot be read. */
  public static ProviderProblem of(Destination destination) {
    return ProviderProblems.malformed(destination, UNREADABLE);
  }

  /** The response cannot be read from some place on. */
  public static ProviderProblem at(Destination destination, MalformedInput where) {
    // Without the offset: in a stream it depends on how the network cut the bytes.
    return ProviderProblems.malformed(destination, UNREADABLE + ": expected " + where.expected());
  }

  /** The stream ended before its last event. */
  public static ProviderProblem truncated(Destination destination) {
    return ProviderProblems.malformed(destination, "a response that ended early");
  }
}
