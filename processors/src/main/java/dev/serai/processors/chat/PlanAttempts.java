package dev.serai.processors.chat;

import dev.serai.core.call.Call;
import dev.serai.core.call.ExchangeProperties;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.model.ModelCatalogue.ModelRoute;
import dev.serai.core.model.ModelCatalogue.Target;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.provider.Providers;
import dev.serai.core.responses.ContinuingRequest;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.Plan;
import dev.serai.processors.support.Calls;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Decides who is asked, in which order. A name is an alias or a catalogue name first, and {@code
 * provider/any-model} after that, which goes to that provider unchanged. Thread-safe.
 */
public final class PlanAttempts implements Processor {
  private final ModelCatalogue catalogue;
  private final Providers providers;
  private final IntUnaryOperator random;

  /**
   * @param random a number from 0 to its argument, the argument excluded
   */
  public PlanAttempts(ModelCatalogue catalogue, Providers providers, IntUnaryOperator random) {
    this.catalogue = catalogue;
    this.providers = providers;
    this.random = random;
  }

  @Override
  public void process(Exchange exchange) {
    Call call = Calls.of(exchange);
    String model = call.request().model();
    Plan plan = find(model).orElseThrow(() -> CallerProblem.unknownModel(model));
    call.setPlan(call.request() instanceof ContinuingRequest going ? sticky(plan, going) : plan);
    exchange.setProperty(ExchangeProperties.UNANSWERED, Boolean.TRUE);
  }

  /** Whoever keeps what a request goes on from need not be told it again. */
  private static Plan sticky(Plan plan, ContinuingRequest request) {
    return request.storedBy().map(plan::preferring).orElse(plan);
  }

  /**
   * What a model's name stands for.
   *
   * @return empty if it is no alias, no catalogue name and names no provider
   */
  public Optional<Plan> find(String model) {
    Optional<ModelRoute> known = catalogue.find(model);
    if (known.isPresent()) {
      return Optional.of(planAlong(model, known.get()));
    }
    int slash = model.indexOf('/');
    if (slash > 0 && slash < model.length() - 1) {
      String provider = model.substring(0, slash);
      if (providers.find(provider).isPresent()) {
        return Optional.of(
            new Plan(
                List.of(new Candidate(provider, model.substring(slash + 1))), "provider named"));
      }
    }
    return Optional.empty();
  }

  private Plan planAlong(String model, ModelRoute route) {
    List<Target> open = new ArrayList<>(route.targets());
    open.removeIf(weighted -> absent(weighted.candidate()));
    List<Candidate> order = new ArrayList<>(open.size() + route.fallbacks().size());
    while (!open.isEmpty()) {
      order.add(open.remove(draw(open)).candidate());
    }
    for (Candidate fallback : route.fallbacks()) {
      if (!absent(fallback) && !order.contains(fallback)) {
        order.add(fallback);
      }
    }
    if (order.isEmpty()) {
      throw new CallerProblem(
          404,
          "model_not_found",
          "The model '" + model + "' is known, but no configured provider offers it.",
          Optional.of("model"));
    }
    return new Plan(order, route.reason());
  }

  private boolean absent(Candidate candidate) {
    return providers.find(candidate.provider()).isEmpty();
  }

  /** The place of one entry, drawn in proportion to the weights. */
  private int draw(List<Target> open) {
    int sum = 0;
    for (Target weighted : open) {
      sum += weighted.weight();
    }
    int left = open.size() == 1 ? 0 : random.applyAsInt(sum);
    int place = 0;
    while (left >= open.get(place).weight()) {
      left -= open.get(place).weight();
      place++;
    }
    return place;
  }
}
