package dev.serai.processors.routing;

import dev.serai.core.call.Call;
import dev.serai.core.call.FanOutAttempts;
import dev.serai.core.caller.Caller;
import dev.serai.core.fanout.FanOutRules;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.model.ModelCatalogue.ModelRoute;
import dev.serai.core.prompt.template.NamedPrompt;
import dev.serai.core.prompt.template.PromptReference;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.Decision;
import dev.serai.core.routing.Draw;
import dev.serai.core.routing.Failover;
import dev.serai.core.routing.Plan;
import dev.serai.core.surface.Surface;
import dev.serai.core.surface.Surfaces;
import dev.serai.core.time.Ticker;
import dev.serai.core.usage.RecordedDecision;
import dev.serai.processors.experiments.AssignVariant;
import dev.serai.processors.prompts.PromptExpansion;
import dev.serai.processors.routing.strategy.CandidateStats;
import dev.serai.processors.routing.strategy.QualityForecast;
import dev.serai.processors.routing.strategy.QualityForecast.Predicted;
import dev.serai.processors.routing.strategy.Ranking;
import dev.serai.processors.routing.strategy.Ranking.LeftOut;
import dev.serai.processors.routing.strategy.Ranking.Ranked;
import dev.serai.processors.routing.strategy.RoutingRequest;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import dev.serai.processors.support.JsonReply;
import dev.serai.processors.support.OffLoop;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.camel.Exchange;

/**
 * Shows for a chat request in OpenAI's form which candidates would be tried, in which order, and
 * why. The code that plans calls decides, so the answer agrees with what would happen: the next
 * call has the same turn, and what draws draws once more. No provider is called. A long request,
 * and one with a prompt, is read off the event loop. Thread-safe.
 */
public final class ExplainRoute extends OffLoop {
  private final ModelResolver models;
  private final Reading reading;
  private final CandidateStats stats;
  private final QualityForecast forecast;

  /**
   * How requests become calls.
   *
   * @param surfaces read the request
   * @param variants assigns the call to the variant of an experiment
   * @param prompts puts stored prompts into the requests that name them
   */
  public record Reading(
      Surfaces surfaces, Ticker ticker, AssignVariant variants, PromptExpansion prompts) {
    /** The prompt that is to be put into a request; empty for most. */
    private Optional<PromptReference> prompt(InboundRequest inbound) {
      try {
        return prompts.ofModel(surface(inbound).readRequest(inbound).model());
      } catch (NamedPrompt named) {
        return Optional.of(prompts.wanted(named));
      }
    }

    private Surface surface(InboundRequest inbound) {
      return surfaces.forPath(inbound.path());
    }

    private Call call(Exchange exchange, InboundRequest inbound) {
      Optional<PromptReference> named = prompt(inbound);
      return named.isPresent() ? expanded(named.get(), exchange, inbound) : make(exchange, inbound);
    }

    private Call make(Exchange exchange, InboundRequest inbound) {
      Surface surface = surface(inbound);
      Call call = Calls.make(exchange, surface.readRequest(inbound), surface, ticker);
      variants.assign(call);
      return call;
    }

    private Call expanded(PromptReference named, Exchange exchange, InboundRequest inbound) {
      Caller caller = Calls.caller(exchange);
      PromptExpansion.Expanded made = prompts.expand(named, caller, inbound, surface(inbound));
      try {
        Call call = make(exchange, made.request());
        Optional<PromptReference> variant = prompts.ofVariant(named, call.plannedModel());
        if (variant.isEmpty()) {
          PromptExpansion.record(made, call);
          return call;
        }
        made.hold().release();
        return expanded(variant.get(), exchange, inbound);
      } catch (NamedPrompt empty) { // the prompt has none of the messages that the request lacks
        throw empty.without().orElseThrow(() -> empty);
      } finally {
        made.hold().release();
      }
    }
  }

  public ExplainRoute(
      ModelResolver models,
      Reading reading,
      CandidateStats stats,
      QualityForecast forecast,
      EventLoops loops) {
    super(loops, BOUNDED_BY_MEMORY);
    this.models = models;
    this.reading = reading;
    this.stats = stats;
    this.forecast = forecast;
  }

  @Override
  protected boolean isQuick(Exchange exchange) {
    InboundRequest inbound = Calls.body(exchange, InboundRequest.class);
    return isShort(inbound.body().length) && reading.prompt(inbound).isEmpty();
  }

  @Override
  protected void work(Exchange exchange) {
    Call call = reading.call(exchange, Calls.body(exchange, InboundRequest.class));
    ModelRoute route = PlanAttempts.route(call, models);
    Ranking ranking = models.rank(route, call);
    Plan plan = ModelResolver.plan(route, ranking, call);
    exchange.getMessage().setBody(JsonReply.uncached(json(call, plan, ranking)));
  }

  private byte[] json(Call call, Plan plan, Ranking ranking) {
    JsonWriter out =
        new JsonWriter()
            .beginObject()
            .member("model", call.request().model())
            .member("reason", plan.reason())
            .member("rule", ranking.rule());
    String prompt = call.lifecycle().prompt();
    if (!prompt.isEmpty()) {
      out.member("prompt", prompt);
    }
    call.assigned().ifPresent(made -> made.assignment().write(out.name("experiment")));
    plan.draw().ifPresent(draw -> write(draw, plan, out));
    out.name("decision");
    RecordedDecision.of(plan, () -> RoutingRequest.of(call).features())
        .ifPresentOrElse(made -> made.write(out), out::nullValue);
    out.name("candidates").beginArray();
    List<Ranked> order = ranking.order();
    for (int place = 0; place < order.size(); place++) {
      Ranked ranked = order.get(place);
      begin(out, ranked.candidate());
      quality(ranked.candidate(), call, out);
      out.member("role", ranking.role(place).name().toLowerCase(Locale.ROOT));
      if (Double.isFinite(ranked.score())) {
        out.member("score", new BigDecimal(ranked.score()).round(new MathContext(6)));
      }
      if (!ranked.remark().isEmpty()) {
        out.member("remark", ranked.remark());
      }
      stats.write(ranked.candidate(), out.name("measured"));
      out.endObject();
    }
    for (LeftOut left : ranking.leftOut()) {
      begin(out, left.candidate());
      quality(left.candidate(), call, out);
      out.member("left_out", left.why()).endObject();
    }
    out.endArray();
    write(plan.rules().fanOut(), call, order.size(), out);
    write(ranking.failover(), out.name("failover"));
    return out.endObject().bytes();
  }

  /** How many candidates would be asked at once, unless one would. */
  private static void write(FanOutRules rules, Call call, int candidates, JsonWriter out) {
    int asked = FanOutAttempts.width(call, rules, candidates);
    if (asked > 1) {
      out.name("fan_out").beginObject();
      rules.aggregation().ifPresent(how -> out.member("aggregate", how.label()));
      out.member("asked", asked).endObject();
    }
  }

  private static void write(Failover failover, JsonWriter out) {
    out.beginObject().name("kinds").beginArray();
    failover.kinds().forEach(kind -> out.value(kind.label()));
    out.endArray();
    if (!failover.statuses().isEmpty()) {
      out.name("statuses").beginArray();
      failover.statuses().stream().sorted().forEach(status -> out.value((long) status));
      out.endArray();
    }
    write("context_window_fallbacks", failover.contextWindow(), out);
    write("content_policy_fallbacks", failover.contentFilter(), out);
    out.endObject();
  }

  private static void write(String name, List<Candidate> candidates, JsonWriter out) {
    if (!candidates.isEmpty()) {
      out.name(name).beginArray();
      candidates.forEach(one -> out.value(one.provider() + "/" + one.model()));
      out.endArray();
    }
  }

  private static void write(Draw draw, Plan plan, JsonWriter out) {
    out.name("bandit")
        .beginObject()
        .member("algorithm", draw.algorithm())
        .member("cluster", draw.cluster());
    double propensity = plan.decision().map(Decision::propensity).orElse(Double.NaN);
    if (!Double.isNaN(propensity)) {
      out.member("propensity", new BigDecimal(propensity).round(new MathContext(4)));
    }
    out.endObject();
  }

  /** What the quality target compares with its floor. */
  private void quality(Candidate candidate, Call call, JsonWriter out) {
    if (call.criteria().target().level().isPresent()) {
      RoutingRequest request = RoutingRequest.of(call);
      Predicted found =
          forecast.predict(candidate, request.model(), QualityForecast.cluster(request));
      out.member("predicted_quality", new BigDecimal(found.quality()).round(new MathContext(4)));
      out.member("quality_source", found.source());
    }
  }

  private static void begin(JsonWriter out, Candidate candidate) {
    out.beginObject().member("provider", candidate.provider()).member("model", candidate.model());
  }
}
