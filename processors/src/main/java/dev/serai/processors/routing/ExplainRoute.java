package dev.serai.processors.routing;

import dev.serai.core.call.Call;
import dev.serai.core.call.FanOutAttempts;
import dev.serai.core.fanout.FanOutRules;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.model.ModelCatalogue.ModelRoute;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.prompt.template.NamedPrompt;
import dev.serai.core.request.ChatRequest;
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
import dev.serai.processors.routing.strategy.CandidateStats;
import dev.serai.processors.routing.strategy.QualityForecast;
import dev.serai.processors.routing.strategy.QualityForecast.Predicted;
import dev.serai.processors.routing.strategy.Ranking;
import dev.serai.processors.routing.strategy.Ranking.LeftOut;
import dev.serai.processors.routing.strategy.Ranking.Ranked;
import dev.serai.processors.routing.strategy.RoutingRequest;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.JsonReply;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Shows for a chat request in OpenAI's form which candidates would be tried, in which order, and
 * why. The code that plans calls decides, so the answer agrees with what would happen: the next
 * call has the same turn, and what draws draws once more. No provider is called. Thread-safe.
 */
public final class ExplainRoute implements Processor {
  private final ModelResolver models;
  private final Surfaces surfaces;
  private final Ticker ticker;
  private final CandidateStats stats;
  private final QualityForecast forecast;
  private final AssignVariant variants;

  /**
   * @param surfaces read the request
   * @param variants assigns the call to the variant of an experiment
   */
  public ExplainRoute(
      ModelResolver models,
      Surfaces surfaces,
      Ticker ticker,
      CandidateStats stats,
      QualityForecast forecast,
      AssignVariant variants) {
    this.models = models;
    this.surfaces = surfaces;
    this.ticker = ticker;
    this.stats = stats;
    this.forecast = forecast;
    this.variants = variants;
  }

  @Override
  public void process(Exchange exchange) {
    InboundRequest inbound = Calls.body(exchange, InboundRequest.class);
    Surface surface = surfaces.forPath(inbound.path());
    Call call = Calls.make(exchange, read(surface, inbound), surface, ticker);
    variants.assign(call);
    ModelRoute route = PlanAttempts.route(call, models);
    Ranking ranking = models.rank(route, call);
    Plan plan = ModelResolver.plan(route, ranking, call);
    exchange.getMessage().setBody(JsonReply.uncached(json(call, plan, ranking)));
  }

  private static ChatRequest read(Surface surface, InboundRequest inbound) {
    try {
      return surface.readRequest(inbound);
    } catch (NamedPrompt named) {
      throw CallerProblem.invalid(
          "prompt", "Send the text of the prompt: a stored prompt is not read here.");
    }
  }

  private byte[] json(Call call, Plan plan, Ranking ranking) {
    JsonWriter out =
        new JsonWriter()
            .beginObject()
            .member("model", call.request().model())
            .member("reason", plan.reason())
            .member("rule", ranking.rule());
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
