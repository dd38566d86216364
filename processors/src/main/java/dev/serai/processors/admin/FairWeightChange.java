package dev.serai.processors.admin;

import dev.serai.core.fair.rules.FairWeights;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.QueryString;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.CallerProblem;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.JsonReply;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;

/** Changes the live weight of a tenant or a session, and replies with all weights. Thread-safe. */
abstract class FairWeightChange implements Processor {
  private static final int MAX_NAME = 256;

  private final FairQueueState queue;
  private final Set<String> parameters;

  /**
   * @param parameters that a request may have
   */
  FairWeightChange(FairQueueState queue, Set<String> parameters) {
    this.queue = queue;
    this.parameters = parameters;
  }

  /** The weight that a request sets; empty if it removes one. */
  abstract OptionalInt weight(Map<String, String> values);

  @Override
  public final void process(Exchange exchange) {
    InboundRequest request = Calls.body(exchange, InboundRequest.class);
    Map<String, String> values = QueryString.of(request.query()).byName(parameters);
    apply(values, weight(values));
    JsonWriter json = new JsonWriter().beginObject();
    queue.writeWeights(json);
    exchange.getMessage().setBody(JsonReply.uncached(json.endObject().bytes()));
  }

  private void apply(Map<String, String> values, OptionalInt weight) {
    String tenant = values.get("tenant");
    String session = values.get("session");
    if ((tenant == null) == (session == null)) {
      throw CallerProblem.invalid(
          "tenant", "The query needs either 'tenant' or 'session', whose weight it is.");
    }
    UnaryOperator<FairWeights> change =
        tenant == null
            ? weights -> weights.session(name("session", session), weight)
            : weights -> weights.tenant(name("tenant", tenant), weight);
    queue.scheduler().weigh(weights -> requireRoom(change.apply(weights)));
  }

  private static String name(String parameter, @Nullable String name) {
    if (name == null || name.isEmpty() || name.length() > MAX_NAME) {
      throw CallerProblem.invalid(
          parameter, "'" + parameter + "' must be a name of 1 to " + MAX_NAME + " characters.");
    }
    return name;
  }

  private static FairWeights requireRoom(FairWeights weights) {
    if (Math.max(weights.tenants().size(), weights.sessions().size()) > FairWeights.MAX_ENTRIES) {
      throw new CallerProblem(
          409,
          "too_many_weights",
          "There are " + FairWeights.MAX_ENTRIES + " live weights. Delete one first.",
          Optional.empty());
    }
    return weights;
  }
}
