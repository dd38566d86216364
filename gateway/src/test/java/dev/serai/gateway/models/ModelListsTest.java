package dev.serai.gateway.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.chat.Usage;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.provider.ProviderProfile;
import dev.serai.core.provider.Providers;
import dev.serai.core.routing.Candidate;
import dev.serai.gateway.LogLines;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class ModelListsTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final Providers providers = new Providers();
  private final List<String> asked = new ArrayList<>();
  private Instant now = Instant.EPOCH;
  private Optional<CompletableFuture<List<String>>> reply = listing("m1", "m2");
  private final ModelLists lists =
      new ModelLists(
          providers,
          this::fetch,
          () -> now,
          new ModelLists.Pace(HOUR, () -> 0.5, () -> now.toEpochMilli() * 1_000_000));

  private Optional<CompletableFuture<List<String>>> fetch(ProviderProfile provider) {
    asked.add(provider.name());
    return reply;
  }

  private static Optional<CompletableFuture<List<String>>> listing(String... names) {
    return Optional.of(CompletableFuture.completedFuture(List.of(names)));
  }

  private static ProviderProfile provider(String name, String url) {
    return new ProviderProfile(
        name, "openai", Optional.of(url), Optional.empty(), Set.of(), List.of());
  }

  private void pass(Duration time) {
    now = now.plus(time);
    lists.poll();
  }

  private void comeUp(String name) {
    providers.add(provider(name, "http://a"));
    lists.poll();
    lists.poll();
  }

  private static final ProviderProblem ABSENT =
      ProviderProblem.of("ollama", FailureCause.UNREACHABLE, 502)
          .message("The provider 'ollama' cannot be reached.")
          .build();

  @Test
  void aServerThatDoesNotRunAtItsDefaultAddressIsOneLineOfInformation() {
    reply = Optional.of(CompletableFuture.failedFuture(ABSENT));
    providers.add(provider("ollama", "http://localhost:11434"));

    assertThat(LogLines.of(ModelLists.class, this::pollManyTimes))
        .containsExactly(
            "INFO provider ollama: nothing runs at its default address, http://localhost:11434");
  }

  @Test
  void aServerThatDoesNotRunAtAnAddressOfTheOperatorIsAWarning() {
    reply = Optional.of(CompletableFuture.failedFuture(ABSENT));
    providers.add(provider("ollama", "http://10.0.0.1:11434"));

    assertThat(LogLines.of(ModelLists.class, this::pollManyTimes))
        .singleElement()
        .asString()
        .startsWith("WARNING provider ollama: the list of models could not be fetched");
  }

  private void pollManyTimes() {
    for (int i = 0; i < 5; i++) {
      pass(HOUR);
    }
  }

  @Test
  void aListIsFetchedWhenTheProviderIsAddedAndAgainEveryHour() {
    comeUp("acme");
    assertThat(lists.of("acme").names()).containsExactly("m1", "m2");
    assertThat(lists.of("acme").fetched()).contains(Instant.EPOCH);
    pass(HOUR.minusMillis(1));
    assertThat(asked).containsExactly("acme");
    reply = listing("m3");
    pass(Duration.ofMillis(1));
    lists.poll();
    assertThat(asked).containsExactly("acme", "acme");
    assertThat(lists.of("acme").names()).containsExactly("m3");
  }

  @Test
  void aFailureKeepsTheLastListAndIsRetriedWithGrowingPauses() {
    comeUp("acme");
    reply = Optional.of(CompletableFuture.failedFuture(new IllegalStateException()));
    pass(HOUR);
    lists.poll();
    for (int minutes = 1; minutes <= 8; minutes *= 2) {
      assertThat(lists.of("acme").names()).containsExactly("m1", "m2");
      assertThat(lists.of("acme").failure().orElseThrow().at()).isEqualTo(now);
      int before = asked.size();
      pass(Duration.ofMinutes(minutes).minusMillis(1));
      assertThat(asked).hasSize(before);
      pass(Duration.ofMillis(1));
      lists.poll();
      assertThat(asked).hasSize(before + 1);
    }
  }

  @Test
  void theReasonOfAFailureIsReportedUntilTheListIsFetchedAgain() {
    ProviderProblem refusal =
        ProviderProblem.of("acme", FailureCause.CREDENTIALS, 502).message("403.").build();
    reply = Optional.of(CompletableFuture.failedFuture(new CompletionException(refusal)));
    comeUp("acme");
    assertThat(lists.of("acme").failure().orElseThrow().message()).isEqualTo("403.");
    assertThat(lists.of("acme").fetched()).isEmpty();
    reply = Optional.of(CompletableFuture.failedFuture(new IllegalStateException("internals")));
    pass(Duration.ofMinutes(1));
    lists.poll();
    assertThat(lists.of("acme").failure().orElseThrow().message()).doesNotContain("internals");
    reply = listing("m1");
    pass(Duration.ofMinutes(2));
    lists.poll();
    assertThat(lists.of("acme").failure()).isEmpty();
  }

  @Test
  void theListOfARemovedOrChangedProviderIsForgotten() {
    comeUp("acme");
    providers.add(provider("acme", "http://b"));
    lists.poll();
    assertThat(asked).hasSize(2);
    providers.remove(provider("acme", "http://b"));
    lists.poll();
    assertThat(lists.of("acme").names()).isEmpty();
    assertThat(lists.of("acme").fetched()).isEmpty();
  }

  @Test
  void fourListsAreFetchedAtATimeAndAProviderWithoutAListIsSkipped() {
    reply = Optional.of(new CompletableFuture<>());
    for (int i = 0; i < 9; i++) {
      providers.add(provider("p" + i, "http://a"));
    }
    lists.poll();
    lists.poll();
    assertThat(asked).hasSize(4);
    reply.orElseThrow().complete(List.of());
    reply = Optional.empty();
    lists.poll();
    assertThat(asked).hasSize(9);
    lists.poll();
    assertThat(asked).hasSize(9);
  }

  @Test
  void aListedModelCanBeRequestedWithAndWithoutItsProvider() {
    comeUp("beta");
    comeUp("acme");
    CatalogueWithLists catalogue = new CatalogueWithLists(new Small(), providers, lists);
    assertThat(catalogue.find("m1").orElseThrow().targets())
        .isEqualTo(
            ModelCatalogue.Target.inOrder(
                List.of(new Candidate("acme", "m1"), new Candidate("beta", "m1"))));
    assertThat(catalogue.find("old").orElseThrow().reason()).isEqualTo("small");
    assertThat(catalogue.find("nobody-knows")).isEmpty();
    assertThat(catalogue.find("acme/m1")).isEmpty();
    assertThat(catalogue.modelsOf("acme")).containsExactly("m1", "m2");
    assertThat(catalogue.modelsOf("unlisted")).containsExactly("old");
  }

  /** Knows one model. */
  private static final class Small implements ModelCatalogue {
    @Override
    public Optional<ModelRoute> find(String name) {
      return name.equals("old")
          ? Optional.of(new ModelRoute(List.of(), List.of(), "small"))
          : Optional.empty();
    }

    @Override
    public List<String> aliases() {
      return List.of();
    }

    @Override
    public List<String> modelsOf(String provider) {
      return List.of("old");
    }

    @Override
    public OptionalLong costNanoUsd(Candidate candidate, Usage usage) {
      return OptionalLong.empty();
    }
  }
}
