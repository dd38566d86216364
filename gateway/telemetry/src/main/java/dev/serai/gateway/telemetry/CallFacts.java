package dev.serai.gateway.telemetry;

import dev.serai.core.call.Attempt;
import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.chat.Usage;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Works out what the log, metrics and traces report of a call that has ended. Pure. */
public final class CallFacts {
  private CallFacts() {}

  /** The HTTP status sent to the caller: 200 for a stream that had begun, even if it failed. */
  public static int status(Call call) {
    return switch (call.outcome().orElse(Outcome.FAILED)) {
      case ANSWERED -> 200;
      case CANCELLED -> CallerProblem.CLIENT_CLOSED_REQUEST;
      case FAILED ->
          call.streaming() ? 200 : call.problem().map(GatewayProblem::status).orElse(500);
    };
  }

  /** The machine-readable reason of a failed call. */
  public static String problemCode(Call call) {
    return call.problem().map(GatewayProblem::code).orElse("internal_error");
  }

  /** The kind of a failure, from a small fixed set: {@code error.type} in metrics and spans. */
  public static String errorType(GatewayProblem problem) {
    return problem instanceof ProviderProblem provider
        ? provider.failureCause().label()
        : problem.type();
  }

  /**
   * The cost of all attempts of the call, in nano US dollars (1e-9 USD).
   *
   * @return empty when no attempt reported usage, or when the price of one that did is unknown
   */
  public static OptionalLong costNanoUsd(Call call, ModelCatalogue catalogue) {
    long sum = 0;
    boolean any = false;
    List<Attempt> attempts = call.attempts();
    for (int i = 0; i < attempts.size(); i++) {
      Attempt attempt = attempts.get(i);
      Optional<Usage> usage = attempt.usage();
      if (usage.isPresent()) {
        OptionalLong cost = catalogue.costNanoUsd(attempt.candidate(), usage.get());
        if (cost.isEmpty()) {
          return cost;
        }
        any = true;
        sum += cost.getAsLong();
      }
    }
    return any ? OptionalLong.of(sum) : OptionalLong.empty();
  }
}
