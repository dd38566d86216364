package dev.serai.processors.routing.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.call.Call;
import dev.serai.core.caller.Caller;
import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Role;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Usage;
import dev.serai.core.model.ModelCatalogue.ModelRoute;
import dev.serai.core.model.ModelCatalogue.Target;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.Decision;
import dev.serai.core.routing.Strategy;
import dev.serai.processors.support.CallFixtures;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Conversations of several turns over candidates that keep prompts for five minutes. */
class CacheAffinityTest {
  private static final long MINUTE = 60_000_000_000L;
  private static final Duration LIFETIME = Duration.ofMinutes(5);
  private static final String LONG = "All of the rules of this house. ".repeat(200);

  private final CallFixtures fixtures = new CallFixtures();
  private final KnownModels catalogue = new KnownModels();
  private final CandidateStats stats = new CandidateStats(fixtures.clock::get);
  private final Random random = new Random(11);
  private final ModelRoute route =
      new ModelRoute(
          List.of(target("a"), target("b"), target("c")),
          List.of(new Candidate("spare", "m")),
          "alias");
  private Duration lifetime = LIFETIME;
  private final Strategies strategies =
      StrategyFixtures.strategies(
          catalogue,
          stats,
          new CacheAffinity(() -> lifetime, fixtures.clock::get),
          bound -> random.nextInt((int) bound));

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void aConversationStaysWhereItBegan(Strategy strategy) {
    catalogue.strategy = strategy;
    for (int i = 0; i < 20; i++) {
      String first = respond(call("shop", LONG + i));
      assertThat(respond(call("shop", LONG + i, "Yes?", "And?"))).isEqualTo(first);
      assertThat(respond(call("shop", LONG + i, "Yes?", "And?", "So.", "Why?"))).isEqualTo(first);
    }
  }

  @Test
  void theSameConversationOfAnotherCallerIsAnother() {
    catalogue.strategy = Strategy.ROUND_ROBIN;
    String first = respond(call("shop", LONG));
    assertThat(respond(call("mill", LONG))).isNotEqualTo(first);
  }

  @Test
  void aShortPromptIsCachedNowhereSoItIsNotPinned() {
    catalogue.strategy = Strategy.ROUND_ROBIN;
    List<String> answered = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      answered.add(respond(call("shop", "Hello")));
    }
    assertThat(answered).containsExactly("a", "b", "c");
  }

  @Test
  void aSessionThatTheClientNamesIsPinnedWhateverItsPromptsAre() {
    catalogue.strategy = Strategy.ROUND_ROBIN;
    List<String> answered = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Call call = call("shop", "Hello " + i);
      call.setCaller(new Caller("public", "shop", "session-1", ""));
      answered.add(respond(call));
    }
    assertThat(answered).containsExactly("a", "a", "a");
  }

  @Test
  void thePinEndsWithTheCacheAndEachCallRenewsIt() {
    catalogue.strategy = Strategy.ROUND_ROBIN;
    String first = respond(call("shop", LONG));
    fixtures.clock.addAndGet(4 * MINUTE);
    assertThat(respond(call("shop", LONG))).isEqualTo(first);
    fixtures.clock.addAndGet(4 * MINUTE);
    assertThat(respond(call("shop", LONG))).isEqualTo(first);
    fixtures.clock.addAndGet(6 * MINUTE);
    respond(call("mill", "Hello"));
    assertThat(respond(call("shop", LONG))).isNotEqualTo(first);
  }

  @Test
  void whoFailsLosesThePinAndWhoAnswersGetsIt() {
    catalogue.strategy = Strategy.ROUND_ROBIN;
    respond(call("shop", LONG));
    Call failed = call("shop", LONG);
    List<Candidate> order = strategies.begin(route, failed).candidates();
    stats.begin(failed.beginAttempt(order.getFirst()));
    failed.failAttempt(ProviderProblem.of("a", FailureCause.OVERLOADED, 500).build());
    stats.begin(failed.beginAttempt(order.get(1)));
    end(failed, 1_000);
    assertThat(respond(call("shop", LONG))).isEqualTo(order.get(1).provider());
  }

  @Test
  void aConversationLeavesATargetThatFailsAgainAndAgain() {
    catalogue.strategy = Strategy.ROUND_ROBIN;
    String first = respond(call("shop", LONG));
    respond(call("mill", "Hello"));
    for (int i = 0; i < 4; i++) {
      Call failed = call("mill", "Hello");
      stats.begin(failed.beginAttempt(new Candidate(first, "m")));
      failed.failAttempt(ProviderProblem.of(first, FailureCause.OVERLOADED, 500).build());
    }
    assertThat(respond(call("shop", LONG))).isNotEqualTo(first);
  }

  @Test
  void aCountOfTokensPinsNothing() {
    catalogue.strategy = Strategy.ROUND_ROBIN;
    Caller session = new Caller("public", "shop", "session-1", "");
    Call counted =
        new Call(
            "r",
            new CallFixtures.Request("fast", true),
            new CallFixtures.Words(),
            fixtures.clock::get);
    counted.setCaller(session);
    Call call = call("shop", "Hello");
    call.setCaller(session);
    assertThat(List.of(respond(counted), respond(call))).containsExactly("a", "b");
  }

  @Test
  void aConversationIsNotPinnedToAFallback() {
    catalogue.strategy = Strategy.ROUND_ROBIN;
    Call call = call("shop", LONG);
    strategies.begin(route, call);
    stats.begin(call.beginAttempt(new Candidate("spare", "m")));
    end(call, 1_000);
    assertThat(respond(call("shop", LONG))).isNotEqualTo("spare");
  }

  @Test
  void aConversationThatStaysIsNotADrawOfABandit() {
    catalogue.strategy = Strategy.BANDIT;
    respond(call("shop", LONG));
    for (int i = 0; i < 20; i++) {
      Call next = call("shop", LONG);
      Ranking ranking = strategies.begin(route, next);
      assertThat(ranking.draw()).isEmpty();
      assertThat(ranking.order().getFirst().remark()).contains("prompt cache");
      Decision made = ranking.decision(ranking.candidates()).orElseThrow();
      assertThat(made.choice()).isEqualTo(Decision.Choice.CACHED);
      assertThat(made.propensity()).isNaN();
    }
  }

  @Test
  void withoutALifetimeNothingIsPinned() {
    lifetime = Duration.ZERO;
    catalogue.strategy = Strategy.ROUND_ROBIN;
    assertThat(List.of(respond(call("shop", LONG)), respond(call("shop", LONG))))
        .containsExactly("a", "b");
  }

  @Test
  void costCountsWhatIsInTheCacheAndLeavesACandidateThatIsStillTooExpensive() {
    catalogue.strategy = Strategy.COST_AWARE;
    Call call = call("shop", LONG);
    strategies.begin(route, call);
    stats.begin(call.beginAttempt(new Candidate("c", "m")));
    end(call, 1_600);
    assertThat(respond(call("shop", LONG))).as("a tenth of the price, uncached").isEqualTo("a");
  }

  /** Prompts that are cached cost a tenth. */
  @ParameterizedTest
  @EnumSource(
      value = Strategy.class,
      names = {"PRIORITY", "ROUND_ROBIN", "LOAD_BALANCED", "LATENCY"})
  void nearlyAllThatCanBeReadFromCachesIsAndNothingCostsMore(Strategy strategy) {
    catalogue.strategy = strategy;
    Simulated with = simulate();
    lifetime = Duration.ZERO;
    Simulated without = simulate();
    assertThat(with.warm).isGreaterThanOrEqualTo(0.95 * with.possible);
    assertThat(with.cost).isLessThan(without.cost);
  }

  private static final class Simulated {
    double warm;
    double possible;
    double cost;
  }

  /** 200 conversations of eight turns, of which one in fifty fails. */
  private Simulated simulate() {
    Random world = new Random(3);
    Map<String, Long> cached = new HashMap<>();
    Map<Integer, Long> before = new HashMap<>();
    Simulated sums = new Simulated();
    for (int step = 0; step < 1600; step++) {
      int conversation = step % 200;
      int turn = step / 200;
      fixtures.clock.addAndGet(MINUTE / 100);
      String[] turns = new String[2 * turn + 1];
      turns[0] = LONG + "simulated " + lifetime + conversation;
      for (int i = 1; i < turns.length; i++) {
        turns[i] = "What is the price of number " + i + "?";
      }
      Call call = call("shop", turns);
      long tokens = call.request().bytes().length / 4;
      List<Candidate> order = strategies.begin(route, call).candidates();
      int answering = world.nextInt(50) == 0 ? 1 : 0;
      if (answering == 1) {
        stats.begin(call.beginAttempt(order.getFirst()));
        call.failAttempt(ProviderProblem.of("x", FailureCause.OVERLOADED, 500).build());
      }
      stats.begin(call.beginAttempt(order.get(answering)));
      end(call, tokens);
      String place = order.get(answering).provider() + conversation;
      long warm = Math.min(tokens, cached.getOrDefault(place, 0L));
      long possible =
          answering == 1 ? warm : Math.min(tokens, before.getOrDefault(conversation, 0L));
      sums.warm += warm;
      sums.possible += possible;
      sums.cost += tokens - 0.9 * warm;
      cached.put(place, tokens);
      before.put(conversation, tokens);
    }
    return sums;
  }

  private String respond(Call call) {
    Candidate first = strategies.begin(route, call).candidates().getFirst();
    stats.begin(call.beginAttempt(first));
    end(call, call.request().bytes().length / 4);
    return first.provider();
  }

  private void end(Call call, long tokens) {
    fixtures.clock.addAndGet(1_000_000);
    call.recordToken();
    call.current().recordUsage(Usage.of(tokens, 10));
    call.end(Call.Outcome.ANSWERED, Optional.empty());
  }

  private Call call(String key, String... turns) {
    Call call =
        new Call("r", new Turns(List.of(turns)), new CallFixtures.Words(), fixtures.clock::get);
    call.setCaller(new Caller("public", key, "", ""));
    return call;
  }

  private static Target target(String provider) {
    return new Target(new Candidate(provider, "m"), 1);
  }

  /** The user's and the assistant's messages in turn. */
  private record Turns(List<String> texts) implements ChatRequest {
    @Override
    public String dialect() {
      return "words";
    }

    @Override
    public byte[] bytes() {
      return String.join("\n", texts).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String model() {
      return "fast";
    }

    @Override
    public boolean streaming() {
      return true;
    }

    @Override
    public boolean wantsUsage() {
      return false;
    }

    @Override
    public Conversation conversation() {
      List<Message> messages = new ArrayList<>();
      for (int i = 0; i < texts.size(); i++) {
        messages.add(
            Message.of(
                i % 2 == 0 ? Role.USER : Role.ASSISTANT, List.of(new TextPart(texts.get(i)))));
      }
      return new Conversation(
          messages,
          List.of(),
          new Conversation.ToolChoice.Unset(Optional.empty()),
          new Conversation.ResponseFormat.Unset(),
          Conversation.Sampling.UNSET,
          Map.of());
    }
  }
}
