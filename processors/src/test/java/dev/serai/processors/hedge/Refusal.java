package dev.serai.processors.hedge;

import dev.serai.core.bandit.BanditAlgorithm;
import dev.serai.core.bandit.BanditRules;
import dev.serai.core.bandit.RewardRules;
import dev.serai.core.chat.ChatReply;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.Usage;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.model.ModelFacts;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.QualityTarget;
import dev.serai.core.routing.RoutingCriteria;
import dev.serai.processors.attempt.CheckResponse;
import dev.serai.processors.attempt.NextCandidates;
import dev.serai.processors.routing.strategy.Bandits;
import dev.serai.processors.routing.strategy.QualityForecast;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.apache.camel.Exchange;

/** A response that refuses, as check-response finds it. */
final class Refusal {
  /** A call that a refusal is of no use for. */
  static final RoutingCriteria UNWANTED =
      new RoutingCriteria(
          RoutingCriteria.NONE.required(),
          RoutingCriteria.NONE.preferred(),
          new QualityTarget(
              Optional.of(QualityTarget.Level.HIGH), OptionalLong.empty(), true, Optional.empty()));

  private static final CheckResponse STEP =
      new CheckResponse(
          new QualityForecast(
              new NoModels(),
              new Bandits(
                  new Bandits.Rules(BanditRules.of(BanditAlgorithm.POOLED), RewardRules.DEFAULT),
                  () -> new Random(1),
                  InstantSource.system())),
          new ByteLimit(1024),
          new CheckResponse.Rules(
              () -> false, new NextCandidates(_ -> OptionalInt.empty(), 3), (body, _) -> body));

  private Refusal() {}

  /** Gives the exchange the response; why its attempt fails, empty if the response is sent. */
  static Optional<GatewayProblem> check(Exchange exchange) {
    ChatResponse.Choice refusal =
        new ChatResponse.Choice(0, List.of(), Optional.of("I will not."), FinishReason.of("stop"));
    exchange
        .getMessage()
        .setBody(
            new ChatReply.Complete(
                new ChatResponse("r", "m", 0, List.of(refusal), Optional.empty())));
    STEP.begin(exchange, _ -> {});
    return Optional.ofNullable(exchange.getException(GatewayProblem.class));
  }

  /** A whole response is checked without a prediction. */
  private static final class NoModels implements ModelCatalogue {
    @Override
    public Optional<ModelRoute> find(String name) {
      return Optional.empty();
    }

    @Override
    public List<String> aliases() {
      return List.of();
    }

    @Override
    public List<String> modelsOf(String provider) {
      return List.of();
    }

    @Override
    public ModelFacts facts(Candidate candidate) {
      return ModelFacts.UNKNOWN;
    }

    @Override
    public OptionalLong costNanoUsd(Candidate candidate, Usage usage) {
      return OptionalLong.empty();
    }
  }
}
