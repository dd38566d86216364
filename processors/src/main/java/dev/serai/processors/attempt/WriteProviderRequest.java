package dev.serai.processors.attempt;

import dev.serai.core.call.Attempt;
import dev.serai.core.call.Call;
import dev.serai.core.dialect.Destination;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.model.ModelParameters;
import dev.serai.core.net.DeadlineOverrides;
import dev.serai.core.net.RequestDeadlines;
import dev.serai.core.privacy.UnmaskedRequest;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.provider.ProviderProfile;
import dev.serai.core.provider.Providers;
import dev.serai.core.provider.key.KeyChoice;
import dev.serai.core.provider.key.ProviderKeys;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.request.ModelRequest;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.FailureKind;
import dev.serai.core.routing.Plan;
import dev.serai.processors.privacy.PrivacyRules;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import dev.serai.processors.support.OffLoop;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.camel.Exchange;

/**
 * Writes the request of the current attempt. In this order, it
 *
 * <ol>
 *   <li>chooses the provider key,
 *   <li>writes the request in the dialect of the provider, always from the client's own bytes,
 *   <li>writes the parameters over it that the settings have for the model,
 *   <li>refuses the call if the dialect cannot express all of it and {@code serai.strict} is set,
 *   <li>adds header fields, and the deadlines of the alias, the model and the call.
 * </ol>
 *
 * The attempt keeps the dialect and the destination, so that later steps need no look-up. A long
 * request is written off the event loop. Thread-safe.
 */
public final class WriteProviderRequest extends OffLoop {
  private final Map<String, Dialect> dialects;
  private final Providers providers;
  private final ProviderKeys keys;
  private final ProviderHeaders headers;
  private final boolean strict;
  private final ModelRules models;
  private final PrivacyRules privacy;
  private final NextCandidates next;

  /**
   * What the settings say about requests to providers.
   *
   * @param headers the header fields that are added to them
   * @param strict whether a request that the provider's dialect cannot express is refused
   * @param models what the settings say about single models
   * @param privacy whether the request must pass {@code mask-request} before it is sent
   * @param next decides whether another candidate may follow
   */
  public record Rules(
      ProviderHeaders headers,
      boolean strict,
      ModelRules models,
      PrivacyRules privacy,
      NextCandidates next) {}

  /**
   * What the settings say about requests to one model of a provider.
   *
   * @param deadlines which replace those of all providers
   * @param parameters for its chat requests
   */
  public record ModelRules(
      Function<Candidate, DeadlineOverrides> deadlines,
      Function<Candidate, ModelParameters> parameters) {}

  /**
   * @param dialects by name
   */
  public WriteProviderRequest(
      Map<String, Dialect> dialects,
      Providers providers,
      ProviderKeys keys,
      Rules rules,
      EventLoops loops) {
    super(loops, BOUNDED_BY_MEMORY);
    this.dialects = Map.copyOf(dialects);
    this.headers = rules.headers();
    this.strict = rules.strict();
    this.models = rules.models();
    this.privacy = rules.privacy();
    this.next = rules.next();
    this.providers = providers;
    this.keys = keys;
  }

  @Override
  protected boolean isQuick(Exchange exchange) {
    return isShort(Calls.of(exchange).request().size());
  }

  @Override
  protected void work(Exchange exchange) {
    Call call = Calls.of(exchange);
    Attempt attempt = call.current();
    ProviderProfile profile = profile(attempt.candidate().provider());
    Destination destination =
        new Destination(
            profile,
            attempt.candidate().model(),
            key(attempt, profile),
            () -> secrets(call, profile));
    ProviderRequest request = write(call, attempt, destination);
    List<String> dropped =
        ProviderHeaders.withDropped(request.dropped(), call.clientHeaders(), attempt.dialect());
    attempt.recordDropped(dropped);
    if (strict && !dropped.isEmpty()) {
      throw notExpressible(profile.name(), dropped);
    }
    headers.add(request.headers(), call, profile);
    ProviderRequest written = limited(request, call, attempt);
    boolean sendable = !privacy.of(call).isOn();
    call.lifecycle().sending();
    exchange.getMessage().setBody(sendable ? written : new UnmaskedRequest(written));
  }

  /** The deadlines of an alias come before those of its model. */
  private ProviderRequest limited(ProviderRequest request, Call call, Attempt attempt) {
    Plan plan = call.plan();
    Candidate candidate = attempt.candidate();
    DeadlineOverrides ofModel = models.deadlines().apply(candidate);
    DeadlineOverrides merged = plan.deadlines().or(ofModel);
    Optional<Duration> left = call.bounds().left(call.elapsedNanos());
    Optional<Duration> escalation = escalation(call);
    if (merged.equals(DeadlineOverrides.NONE) && left.isEmpty() && escalation.isEmpty()) {
      return request;
    }
    attempt.recordDeadlines(merged);
    String alias = "alias " + plan.model();
    String model = "model " + candidate.provider() + "/" + candidate.model();
    return request.within(
        new RequestDeadlines(plan.deadlines(), alias, ofModel, model, left).escalating(escalation));
  }

  /** A response that is not streamed has no first token, and the last candidate has its time. */
  private Optional<Duration> escalation(Call call) {
    Optional<Duration> after = call.criteria().target().escalation();
    return after.isPresent()
            && call.request().streaming()
            && next.mayFollow(call, FailureKind.TIMEOUT)
        ? after
        : Optional.empty();
  }

  private ProviderRequest write(Call call, Attempt attempt, Destination destination) {
    ModelRequest inbound = call.request();
    Dialect dialect = dialect(destination.provider());
    if (!(inbound instanceof ChatRequest chat)) {
      attempt.chose(dialect, destination);
      return NonChatCodec.write(dialect, inbound, destination);
    }
    Dialect chosen = dialect.choose(chat, destination);
    attempt.chose(chosen, destination);
    ProviderRequest written = chosen.writeRequest(chat, destination, call.clientHeaders());
    ModelParameters parameters = models.parameters().apply(attempt.candidate());
    return parameters == ModelParameters.NONE || chat.isTokenCount()
        ? written
        : chosen.withParameters(written, fitting(parameters, chat), destination);
  }

  /** A dialect may have written a limit that the provider requires. */
  private static ModelParameters fitting(ModelParameters parameters, ChatRequest chat) {
    return chat.bounds().maxTokens().isPresent() ? parameters : parameters.forUnlimited();
  }

  private ProviderProfile profile(String provider) {
    return providers.find(provider).orElseThrow(() -> notConfigured(provider));
  }

  /** The {@code upstream:} component refuses a provider with an unknown dialect. */
  private Dialect dialect(ProviderProfile profile) {
    Dialect dialect = dialects.get(profile.dialect());
    if (dialect == null) {
      throw new IllegalStateException(
          "the provider " + profile.name() + " has the unknown dialect " + profile.dialect());
    }
    return dialect;
  }

  private static ProviderProblem notConfigured(String provider) {
    return ProviderProblem.of(provider, FailureCause.UNREACHABLE, 502)
        .message("The provider '" + provider + "' is not configured.")
        .build();
  }

  private static CallerProblem notExpressible(String provider, List<String> dropped) {
    return CallerProblem.invalid(
        dropped.getFirst(),
        "The provider '"
            + provider
            + "' cannot express all of this request, and serai.strict is set: "
            + String.join(", ", dropped)
            + ".");
  }

  private List<String> secrets(Call call, ProviderProfile profile) {
    List<String> secrets = headers.secrets(call, profile);
    secrets.addAll(keys.values(profile.keyName()));
    return secrets;
  }

  private Optional<String> key(Attempt attempt, ProviderProfile profile) {
    return switch (keys.choose(profile.keyName(), attempt.candidate().model())) {
      case KeyChoice.NoKey _ -> Optional.empty();
      case KeyChoice.Chosen chosen -> {
        attempt.recordKey(chosen.ref());
        yield Optional.of(chosen.value());
      }
      case KeyChoice.AllDisabled disabled -> throw allDisabled(profile, disabled);
    };
  }

  private static ProviderProblem allDisabled(
      ProviderProfile provider, KeyChoice.AllDisabled disabled) {
    return ProviderProblem.of(provider.name(), FailureCause.KEYS_UNAVAILABLE, 502)
        .code("no_key_available")
        .message(
            "The provider '"
                + provider.name()
                + "' has refused all of the gateway's "
                + disabled.count()
                + " keys"
                + provider.keyName().map(name -> " in " + name).orElse("")
                + "; they are tried again later.")
        .retryAfter(Optional.of(disabled.retryAfter()))
        .build();
  }
}
