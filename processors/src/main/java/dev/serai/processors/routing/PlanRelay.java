package dev.serai.processors.routing;

import dev.serai.core.call.Call;
import dev.serai.core.caller.AllowList;
import dev.serai.core.model.ModelCatalogue.ModelRoute;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.provider.ProviderProfile;
import dev.serai.core.provider.Providers;
import dev.serai.core.request.ModelRequest;
import dev.serai.core.request.Operation;
import dev.serai.core.request.RelayRequest;
import dev.serai.core.routing.Candidate;
import dev.serai.processors.support.Calls;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Plans a call other than chat: the provider that the client named, else those that the model's
 * name resolves to, else the default provider. Only providers whose dialect offers the operation
 * are planned. Thread-safe.
 */
public final class PlanRelay implements Processor {
  private final ModelResolver models;
  private final Providers providers;
  private final BiPredicate<ProviderProfile, Operation> offers;

  /**
   * @param models resolves model names
   * @param offers whether a provider's dialect offers an operation
   */
  public PlanRelay(
      ModelResolver models, Providers providers, BiPredicate<ProviderProfile, Operation> offers) {
    this.models = models;
    this.providers = providers;
    this.offers = offers;
  }

  @Override
  public void process(Exchange exchange) {
    Call call = Calls.of(exchange);
    ModelRequest request = call.request();
    String model = request.model();
    AllowList allowed = call.caller().identity().models();
    Optional<String> provider = providerOf(request);
    ModelRoute route =
        provider.isPresent()
            ? AllowedModels.ofCandidates(named(provider.get(), request), model, allowed)
            : AllowedModels.of(resolved(request), model, allowed);
    Calls.plan(exchange, models.plan(route, call));
  }

  private ModelRoute named(String provider, ModelRequest request) {
    String bare = withoutPrefix(request.model(), provider + "/");
    return only(checked(provider, request.operation()), bare, "provider named");
  }

  private ModelRoute resolved(ModelRequest request) {
    String model = request.model();
    Optional<ModelRoute> known = model.isEmpty() ? Optional.empty() : models.find(model);
    if (known.isPresent()) {
      return offering(known.get(), request.operation());
    }
    if (!(request instanceof RelayRequest) || isNamedSession(request)) {
      throw models.unknown(model);
    }
    return only(fallback(request.operation()), model, "default provider");
  }

  /** A realtime session is expensive: one with an unknown model is opened nowhere. */
  private static boolean isNamedSession(ModelRequest request) {
    return request.operation() == Operation.REALTIME && !request.model().isEmpty();
  }

  private static String withoutPrefix(String model, String prefix) {
    return model.startsWith(prefix) ? model.substring(prefix.length()) : model;
  }

  private static Optional<String> providerOf(ModelRequest request) {
    return request instanceof RelayRequest relayed ? relayed.provider() : Optional.empty();
  }

  private static ModelRoute only(String provider, String model, String reason) {
    return ModelRoute.to(new Candidate(provider, model), reason);
  }

  private String checked(String provider, Operation operation) {
    ProviderProfile profile = providers.find(provider).orElseThrow(() -> unknown(provider));
    if (!offers.test(profile, operation)) {
      throw missing("The provider '" + provider + "' does not offer ", operation);
    }
    return provider;
  }

  private static CallerProblem unknown(String provider) {
    return new CallerProblem(
        404, "provider_not_found", "There is no provider '" + provider + "'.", Optional.empty());
  }

  private ModelRoute offering(ModelRoute route, Operation operation) {
    ModelRoute able =
        route.keeping(
            candidate ->
                providers
                    .find(candidate.provider())
                    .filter(profile -> offers.test(profile, operation))
                    .isPresent());
    if (able.isEmpty()) {
      String provider = route.candidates().getFirst().provider();
      throw missing("The provider '" + provider + "' does not offer ", operation);
    }
    return able;
  }

  /** The default provider, else OpenAI's own, else the only one there is. */
  private String fallback(Operation operation) {
    List<String> able = able(operation);
    if (able.isEmpty()) {
      throw missing("No configured provider offers ", operation);
    }
    String wanted = models.defaultProvider().orElse("openai");
    if (able.contains(wanted)) {
      return wanted;
    }
    if (able.contains("openai")) {
      return "openai";
    }
    if (able.size() > 1) {
      throw CallerProblem.invalid(
          "Several providers may offer "
              + operation.label()
              + ". Name one in the header x-serai-provider: "
              + String.join(", ", able)
              + ".");
    }
    return able.getFirst();
  }

  private List<String> able(Operation operation) {
    List<String> able = new ArrayList<>();
    for (ProviderProfile profile : providers.all()) {
      if (offers.test(profile, operation)) {
        able.add(profile.name());
      }
    }
    return able;
  }

  private CallerProblem missing(String who, Operation operation) {
    List<String> able = able(operation);
    String instead = able.isEmpty() ? "" : " Providers that may: " + String.join(", ", able) + ".";
    return new CallerProblem(
        400, "unsupported_operation", who + operation.label() + "." + instead, Optional.empty());
  }
}
