package dev.serai.processors.tokens;

import dev.serai.core.call.Call;
import dev.serai.core.dialect.Destination;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.model.TokenEstimator;
import dev.serai.core.provider.ProviderProfile;
import dev.serai.core.provider.Providers;
import dev.serai.core.routing.Candidate;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import dev.serai.processors.support.OffLoop;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;

/**
 * Estimates the tokens of a request if no planned provider can count them. Providers that speak the
 * client's dialect can, and remain in the plan. Without one, the reply is an estimate, as a header
 * says, and no provider is called. Counting costs no tokens. It may take long, so it runs off the
 * event loop. Thread-safe.
 */
public final class EstimateTokens extends OffLoop {
  private final Map<String, Dialect> dialects;
  private final Providers providers;
  private final EstimatedCount estimated;

  /**
   * @param dialects by name
   */
  public EstimateTokens(
      Map<String, Dialect> dialects,
      Providers providers,
      TokenEstimator estimator,
      EventLoops loops) {
    super(loops);
    this.dialects = Map.copyOf(dialects);
    this.providers = providers;
    this.estimated = new EstimatedCount(estimator);
  }

  @Override
  protected void work(Exchange exchange) {
    Call call = Calls.of(exchange);
    List<Candidate> planned = call.plan().candidates();
    List<Candidate> counting =
        planned.stream().filter(candidate -> speaksCallersDialect(candidate, call)).toList();
    if (!counting.isEmpty()) {
      call.setPlan(call.plan().with(counting));
      return;
    }
    estimated.write(exchange, call, planned.getFirst());
  }

  private boolean speaksCallersDialect(Candidate candidate, Call call) {
    return providers
        .find(candidate.provider())
        .filter(provider -> dialectOf(provider, candidate, call).equals(call.surface().dialect()))
        .isPresent();
  }

  /** The name of the dialect in which the candidate would be called. */
  private String dialectOf(ProviderProfile provider, Candidate candidate, Call call) {
    Dialect dialect = dialects.get(provider.dialect());
    Destination destination = new Destination(provider, candidate.model(), Optional.empty());
    return dialect == null ? "" : dialect.choose(call.chat(), destination).name();
  }
}
