package dev.serai.processors.routing.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.call.Call;
import dev.serai.core.chat.Conversation;
import dev.serai.core.features.PromptOutline;
import dev.serai.core.model.Capability;
import dev.serai.core.model.Modality;
import dev.serai.core.model.ModelCatalogue.ModelRoute;
import dev.serai.core.model.ModelCatalogue.Target;
import dev.serai.core.model.ModelFacts;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.Strategy;
import dev.serai.processors.support.CallFixtures;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What planning reads of a request. */
class RequestContentTest {
  private static final Candidate A = new Candidate("a", "m");
  private static final Candidate B = new Candidate("b", "m");
  private static final ModelRoute ROUTE =
      new ModelRoute(List.of(new Target(A, 1), new Target(B, 1)), List.of(), "alias");

  private final AtomicInteger walks = new AtomicInteger();
  private final CallFixtures fixtures = new CallFixtures();
  private final KnownModels catalogue = new KnownModels();
  private final Strategies strategies =
      StrategyFixtures.strategies(
          catalogue,
          new CandidateStats(fixtures.clock::get),
          new CacheAffinity(() -> Duration.ofMinutes(5), fixtures.clock::get),
          _ -> 0);

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void aLargeRequestIsWalkedOnceAndNeverParsed(Strategy strategy) {
    catalogue.strategy = strategy;
    ModelFacts known =
        new ModelFacts(
            OptionalInt.of(100),
            OptionalInt.empty(),
            Set.of(Modality.TEXT),
            Set.of(),
            Set.of(Capability.TOOLS),
            Map.of());
    catalogue.facts.put(A, known);
    catalogue.facts.put(B, known);
    strategies.begin(ROUTE, call(5_000));
    assertThat(walks).hasValue(1);
  }

  @Test
  void aSmallRequestOfWhichNothingDependsIsNotWalked() {
    strategies.begin(ROUTE, call(100));
    assertThat(walks).hasValue(0);
  }

  private Call call(int bytes) {
    return new Call("req-1", new Walked(bytes), new CallFixtures.Words(), fixtures.clock::get);
  }

  private final class Walked implements ChatRequest {
    private final int bytes;

    Walked(int bytes) {
      this.bytes = bytes;
    }

    @Override
    public String dialect() {
      return "words";
    }

    @Override
    public byte[] bytes() {
      return new byte[bytes];
    }

    @Override
    public String model() {
      return "fast";
    }

    @Override
    public boolean streaming() {
      return false;
    }

    @Override
    public boolean wantsUsage() {
      return false;
    }

    @Override
    public PromptOutline outline() {
      walks.incrementAndGet();
      return PromptOutline.of(new CallFixtures.Request("fast").conversation(), false);
    }

    @Override
    public Conversation conversation() {
      throw new AssertionError("planning parses the request");
    }
  }
}
