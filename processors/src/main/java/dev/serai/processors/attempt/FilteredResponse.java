package dev.serai.processors.attempt;

import dev.serai.core.call.Attempt;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;

/**
 * Finds responses that have no content because a filter of the provider, or the model itself,
 * refused to answer: OpenAI's {@code content_filter}, Gemini's {@code blockReason}, Anthropic's
 * {@code refusal}, Bedrock's {@code guardrail_intervened}. Pure.
 */
final class FilteredResponse {
  private static final int BAD_REQUEST = 400;

  private FilteredResponse() {}

  /**
   * Checks a whole response; the usage of a filtered one counts for the attempt.
   *
   * @throws ProviderProblem if it is filtered
   */
  static void check(Attempt attempt, ChatResponse response) {
    if (response.choices().isEmpty()
        || !response.choices().stream().allMatch(FilteredResponse::isFiltered)) {
      return;
    }
    response.usage().ifPresent(attempt::recordUsage);
    response.choices().stream().findFirst().ifPresent(one -> attempt.recordFinish(one.finish()));
    throw problem(attempt);
  }

  private static boolean isFiltered(ChatResponse.Choice choice) {
    return refuses(choice.finish())
        && choice.text().orElse("").isEmpty()
        && choice.toolCalls().isEmpty();
  }

  /** Whether the first event of a response that counts says that there is none. */
  static boolean isFiltered(ChatEvent event) {
    return switch (event) {
      case ChatEvent.RefusalDelta _ -> true;
      case ChatEvent.Finished finished -> refuses(finished.reason());
      default -> false;
    };
  }

  private static boolean refuses(FinishReason reason) {
    return reason.kind() == FinishReason.Kind.CONTENT_FILTER
        || reason.kind() == FinishReason.Kind.REFUSAL;
  }

  static ProviderProblem problem(Attempt attempt) {
    String name = attempt.candidate().provider();
    return ProviderProblem.of(name, FailureCause.CONTENT_FILTER, BAD_REQUEST)
        .type("invalid_request_error")
        .code("content_filter")
        .message("The provider '" + name + "' has withheld the whole response.")
        .build();
  }
}
