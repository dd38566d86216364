package dev.serai.processors.provider;

import dev.serai.core.call.Attempt;
import dev.serai.core.call.Call;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.dialect.Dialect.Target;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.problem.ProviderProblem.Fault;
import dev.serai.core.provider.KeyChoice;
import dev.serai.core.provider.ProviderKeys;
import dev.serai.core.provider.ProviderProfile;
import dev.serai.core.provider.Providers;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.routing.Candidate;
import dev.serai.processors.support.Calls;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Writes the current attempt's request in a provider's dialect, always from the caller's own bytes.
 * Thread-safe. The subclasses only give it the name that routes use.
 */
public abstract class WriteProviderRequest implements Processor {
  private final Dialect dialect;
  private final Providers providers;
  private final ProviderKeys keys;
  private final boolean strict;

  /**
   * @param strict whether a request is refused rather than weakened for the provider's dialect
   */
  protected WriteProviderRequest(
      Dialect dialect, Providers providers, ProviderKeys keys, boolean strict) {
    this.strict = strict;
    this.dialect = dialect;
    this.providers = providers;
    this.keys = keys;
  }

  @Override
  public final void process(Exchange exchange) {
    Call call = Calls.of(exchange);
    Candidate candidate = call.current().candidate();
    ProviderProfile profile =
        providers.find(candidate.provider()).orElseThrow(() -> notConfigured(candidate.provider()));
    Target target = new Target(profile, candidate.model(), key(call.current(), profile));
    ProviderRequest request =
        call.request() instanceof ChatRequest chat
            ? dialect.choose(chat, target).writeRequest(chat, target)
            : BesideChat.write(dialect, call.request(), target);
    call.current().dropped(request.dropped());
    if (strict && !request.dropped().isEmpty()) {
      throw untold(profile.name(), request.dropped());
    }
    call.trace().propagate(request.headers());
    exchange.getMessage().setBody(request);
  }

  private static ProviderProblem notConfigured(String provider) {
    return ProviderProblem.of(provider, Fault.UNREACHABLE, 502)
        .message("The provider '" + provider + "' is not configured.")
        .build();
  }

  private static CallerProblem untold(String provider, List<String> dropped) {
    return CallerProblem.invalid(
        dropped.getFirst(),
        "The provider '"
            + provider
            + "' cannot be told all of this request, and serai.strict is set: "
            + String.join(", ", dropped)
            + ".");
  }

  private Optional<String> key(Attempt attempt, ProviderProfile profile) {
    return switch (keys.choose(profile.keyName(), attempt.candidate().model())) {
      case KeyChoice.Keyless _ -> Optional.empty();
      case KeyChoice.Chosen chosen -> {
        attempt.key(chosen.ref());
        yield Optional.of(chosen.value());
      }
      case KeyChoice.AllParked parked -> throw allParked(profile.name(), parked);
    };
  }

  private static ProviderProblem allParked(String provider, KeyChoice.AllParked parked) {
    return ProviderProblem.of(provider, Fault.KEYS_PARKED, 502)
        .code("no_key_available")
        .message(
            "The provider '"
                + provider
                + "' has refused all of the gateway's "
                + parked.count()
                + " keys; they are tried again later.")
        .retryAfter(Optional.of(parked.retryAfter()))
        .build();
  }
}
