package dev.serai.processors.tokens;

import dev.serai.core.call.Attempt;
import dev.serai.core.call.Call;
import dev.serai.core.problem.ProviderProblem;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Tells a provider that cannot count tokens from one that rejects the request: a server of the
 * client's dialect may lack the path, and then replies 404, 405 or 501. A 404 whose message names
 * the model is about the model. Stateless.
 */
public final class UncountedTokens {
  private static final int NOT_FOUND = 404;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int NOT_IMPLEMENTED = 501;
  private static final Pattern MODEL = Pattern.compile("\\bmodels?\\b");

  private UncountedTokens() {}

  /**
   * Whether the tokens of a call whose last attempt has failed are estimated instead: that attempt
   * or an earlier one found no path for counting, and the last one does not reject the request.
   */
  public static boolean areEstimated(Call call) {
    if (!call.request().isTokenCount() || call.attempts().isEmpty()) {
      return false;
    }
    Attempt last = call.current();
    return lacksPath(last)
        || call.attempts().stream().anyMatch(UncountedTokens::lacksPath)
            && last.providerProblem().filter(p -> !p.failureCause().rejectsRequest()).isPresent();
  }

  private static boolean lacksPath(Attempt attempt) {
    return switch (attempt.providerStatus()) {
      case METHOD_NOT_ALLOWED, NOT_IMPLEMENTED -> attempt.providerProblem().isPresent();
      case NOT_FOUND ->
          attempt.providerProblem().filter(problem -> !namesModel(problem, attempt)).isPresent();
      default -> false;
    };
  }

  private static boolean namesModel(ProviderProblem problem, Attempt attempt) {
    String message = problem.message().toLowerCase(Locale.ROOT);
    String model = attempt.candidate().model().toLowerCase(Locale.ROOT);
    return !message.equals(defaultMessage(problem))
        && (MODEL.matcher(message).find() || !model.isEmpty() && message.contains(model));
  }

  /** The message of a problem for which the provider has none: its name may contain any word. */
  private static String defaultMessage(ProviderProblem problem) {
    return ProviderProblem.of(problem.provider(), problem.failureCause(), problem.status())
        .build()
        .message()
        .toLowerCase(Locale.ROOT);
  }
}
