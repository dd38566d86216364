package dev.serai.adapters.dialects.vertex;

import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.core.dialect.Destination;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.http.Headers;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.request.ChatRequest;

/**
 * Claude models: {@code rawPredict} and {@code streamRawPredict}
 * (platform.claude.com/docs/en/build-with-claude/claude-on-vertex-ai). Tokens are counted at a path
 * of their own, and the body names the model. Thread-safe.
 */
final class AnthropicModels extends PublisherDialect {
  private static final String COUNTING = "/publishers/anthropic/models/count-tokens:rawPredict";

  private final Dialect anthropic;
  private final Dialect google;

  /**
   * @param google reads the errors that Vertex AI itself reports
   */
  AnthropicModels(Dialect anthropic, Dialect google) {
    super(anthropic);
    this.anthropic = anthropic;
    this.google = google;
  }

  @Override
  public Dialect choose(ChatRequest request, Destination destination) {
    Dialect chosen = anthropic.choose(request, destination);
    return chosen.equals(anthropic) ? this : new AnthropicModels(chosen, google);
  }

  @Override
  String path(ProviderRequest written, Destination destination) {
    if (written.path().contains("/count_tokens")) {
      return COUNTING;
    }
    String verb = written.streaming() ? ":streamRawPredict" : ":rawPredict";
    return ModelResource.of(destination.model()).path() + verb;
  }

  @Override
  public ProviderProblem readError(
      int status, Headers headers, byte[] body, Destination destination) {
    return isOfAnthropic(body)
        ? super.readError(status, headers, body, destination)
        : google.readError(status, headers, body, destination);
  }

  /** Anthropic's errors have a type, and Google's have none. */
  private static boolean isOfAnthropic(byte[] body) {
    try {
      return JsonMembers.of(body).find("type") >= 0;
    } catch (MalformedInput e) {
      return false;
    }
  }
}
