package dev.serai.processors.routing.strategy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.bandit.BanditAlgorithm;
import dev.serai.core.bandit.BanditRules;
import dev.serai.core.bandit.RewardRules;
import dev.serai.core.call.Call;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Role;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.model.Capability;
import dev.serai.core.model.Modality;
import dev.serai.core.model.ModelCatalogue.ModelRoute;
import dev.serai.core.model.ModelCatalogue.Target;
import dev.serai.core.model.ModelFacts;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.Strategy;
import dev.serai.processors.support.CallFixtures;
import dev.serai.processors.support.Calls;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.zip.CRC32;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * With the same random numbers a bandit plans the same: a change that is to make plans cheaper must
 * not change what is chosen. A change of an algorithm changes the sums here.
 */
class SeededPlansTest {
  private static final int CANDIDATES = 60;
  private static final int CALLS = 400;

  private static final CallFixtures.Request PROMPT =
      new CallFixtures.Request(
          "fast",
          false,
          List.of(Message.of(Role.USER, List.of(new TextPart("Why is the sky blue today?")))));

  private final CallFixtures fixtures = new CallFixtures();
  private final KnownModels catalogue = new KnownModels();
  private final CandidateStats stats = new CandidateStats(fixtures.clock::get);
  private final Random random = new Random(11);
  private final CRC32 orders = new CRC32();

  @ParameterizedTest
  @CsvSource({"POOLED, 744335553", "THOMPSON, 953677530", "UCB, 3572629675", "LINUCB, 3906024055"})
  void theOrdersOfASeedStayTheSame(BanditAlgorithm algorithm, long expected) {
    catalogue.strategy = Strategy.BANDIT;
    Bandits bandits =
        new Bandits(
            new Bandits.Rules(BanditRules.of(algorithm), RewardRules.DEFAULT),
            () -> random,
            InstantSource.fixed(Instant.EPOCH));
    CacheAffinity affinity = new CacheAffinity(() -> Duration.ZERO, fixtures.clock::get);
    Strategies strategies =
        new Strategies(
            catalogue,
            stats,
            new Strategies.Learned(affinity, bandits),
            bound -> random.nextInt((int) bound));
    ModelRoute route = new ModelRoute(targets(), List.of(), "alias");
    for (int i = 0; i < CALLS; i++) {
      call(strategies, route);
    }
    assertThat(orders.getValue()).isEqualTo(expected);
  }

  /** At three prices and at none; every seventh is known to lack what the content may need. */
  private List<Target> targets() {
    List<Target> targets = new ArrayList<>();
    for (int i = 0; i < CANDIDATES; i++) {
      Candidate candidate = new Candidate("abcd".charAt(i % 4) + "", "model-" + i);
      targets.add(new Target(candidate, 1 + i % 3));
      int context = i % 7 == 3 ? 1 : 100_000;
      catalogue.facts.put(
          candidate,
          new ModelFacts(
              OptionalInt.of(context),
              OptionalInt.empty(),
              Set.of(Modality.TEXT),
              Set.of(),
              Set.of(Capability.TOOLS),
              Map.of()));
    }
    return targets;
  }

  /** Candidates of a low number answer more often. */
  private void call(Strategies strategies, ModelRoute route) {
    Call call = Calls.of(fixtures.exchangeFor(PROMPT));
    Ranking ranking = strategies.begin(route, call);
    ranking.candidates().forEach(one -> orders.update(one.model().getBytes(UTF_8)));
    Candidate first = ranking.candidates().getFirst();
    int number = Integer.parseInt(first.model().substring("model-".length()));
    stats.begin(call.beginAttempt(first));
    fixtures.clock.addAndGet(1_000_000L * (1 + number));
    if (random.nextInt(CANDIDATES) < number) {
      ProviderProblem failed =
          ProviderProblem.of(first.provider(), FailureCause.OVERLOADED, 500).build();
      call.failAttempt(failed);
      call.end(Call.Outcome.FAILED, Optional.of(failed));
    } else {
      call.recordToken();
      call.end(Call.Outcome.ANSWERED, Optional.empty());
    }
  }
}
