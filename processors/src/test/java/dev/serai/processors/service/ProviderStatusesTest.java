package dev.serai.processors.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.call.Call;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.provider.ProviderProfile;
import dev.serai.core.provider.ProviderStatus;
import dev.serai.core.provider.ProviderStatus.ListFailure;
import dev.serai.core.provider.ProviderStatus.ModelNames;
import dev.serai.core.provider.ProviderStatus.State;
import dev.serai.core.provider.Providers;
import dev.serai.core.provider.UpstreamState;
import dev.serai.core.provider.UpstreamState.BreakerState;
import dev.serai.core.provider.key.ProviderKeys;
import dev.serai.core.routing.Candidate;
import dev.serai.processors.support.CallFixtures;
import dev.serai.processors.support.Calls;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderStatusesTest {
  private final CallFixtures fixtures = new CallFixtures();
  private final Providers providers = new Providers();
  private final ProviderKeys keys = new ProviderKeys(name -> List.of("k"), () -> 0L);
  private Instant now = Instant.EPOCH;
  private final ProviderStats stats = new ProviderStats(providers, () -> now);
  private ModelNames models = ModelNames.NONE;
  private BreakerState breaker = BreakerState.CLOSED;
  private Map<String, BreakerState> modelBreakers = Map.of();

  ProviderStatusesTest() {
    providers.add(
        new ProviderProfile(
            "p0", "openai", Optional.of("http://p0.test"), Optional.of("K"), Set.of(), List.of()));
  }

  private ProviderStatus status() {
    ProviderStatuses.Sources sources =
        new ProviderStatuses.Sources(
            () -> List.of(new UpstreamState("p0", breaker, modelBreakers, 0, 0, 0, 0, 0)),
            profile -> models);
    return new ProviderStatuses(providers, keys, stats, sources).get().getFirst();
  }

  private void attempt(Optional<FailureCause> cause) {
    Call call = Calls.of(fixtures.exchangeFor("m"));
    call.beginAttempt(new Candidate("p0", "m"));
    Optional<GatewayProblem> problem =
        cause.map(kind -> ProviderProblem.of("p0", kind, 502).build());
    problem.ifPresentOrElse(call::failAttempt, () -> call.current().recordFirstToken(1));
    now = now.plusSeconds(1);
    stats.settled(call);
  }

  @Test
  void aProviderThatWasNeverReachedIsUnknown() {
    assertThat(status().state()).isEqualTo(State.UNKNOWN);
    assertThat(status().lastError()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "UNREACHABLE,UNREACHABLE",
    "TIMEOUT,UNREACHABLE",
    "CONNECTION_CLOSED,UNREACHABLE",
    "NO_RESPONSE,UNREACHABLE",
    "CREDENTIALS,UNAUTHORIZED",
    "CREDENTIALS_UNAVAILABLE,UNREACHABLE",
    "OVERLOADED,DEGRADED",
    "INCOMPLETE,DEGRADED",
    "MALFORMED,DEGRADED",
    "RATE_LIMITED,DEGRADED",
    "REFUSED,UP",
    "BREAKER_OPEN,UNKNOWN"
  })
  void theStateFollowsFromTheLatestAttempt(FailureCause cause, State state) {
    attempt(Optional.of(cause));
    assertThat(status().state()).isEqualTo(state);
    if (!cause.nothingSent()) {
      assertThat(status().lastError().orElseThrow().cause()).isEqualTo(cause);
      assertThat(status().lastError().orElseThrow().at()).isEqualTo(now);
    }
    attempt(Optional.empty());
    assertThat(status().state()).isEqualTo(State.UP);
  }

  @Test
  void aModelListShowsThatTheProviderWorks() {
    models = new ModelNames(List.of(), Optional.of(now), Optional.empty());
    assertThat(status().state()).isEqualTo(State.UP);
    attempt(Optional.of(FailureCause.UNREACHABLE));
    assertThat(status().state()).isEqualTo(State.UNREACHABLE);
    models = new ModelNames(List.of(), Optional.of(now.plusSeconds(1)), Optional.empty());
    assertThat(status().state()).isEqualTo(State.UP);
  }

  @Test
  void aForbiddenModelListSaysNothingAboutCalls() {
    ListFailure failure = new ListFailure("no", Optional.of(FailureCause.FORBIDDEN), now);
    models = new ModelNames(List.of(), Optional.empty(), Optional.of(failure));
    assertThat(status().state()).isEqualTo(State.UNKNOWN);
  }

  @Test
  void aModelListThatTheProviderRefusedIsUnauthorized() {
    ListFailure failure = new ListFailure("no", Optional.of(FailureCause.CREDENTIALS), now);
    models = new ModelNames(List.of(), Optional.empty(), Optional.of(failure));
    assertThat(status().state()).isEqualTo(State.UNAUTHORIZED);
  }

  @Test
  void anOpenBreakerOfOneModelDegradesItsProvider() {
    attempt(Optional.empty());
    modelBreakers = Map.of("m", BreakerState.OPEN);
    ProviderStatus status = status();
    assertThat(status.state()).isEqualTo(State.DEGRADED);
    assertThat(status.breakers().of("m")).isEqualTo("open");
    assertThat(status.breakers().of("other")).isEqualTo("closed");
  }

  @Test
  void anOpenBreakerIsUnreachableAndAProviderInsideTheProcessIsUp() {
    attempt(Optional.empty());
    breaker = BreakerState.OPEN;
    assertThat(status().state()).isEqualTo(State.UNREACHABLE);
    breaker = BreakerState.HALF_OPEN;
    assertThat(status().state()).isEqualTo(State.DEGRADED);
    providers.add(
        new ProviderProfile(
            "p0", "persona", Optional.empty(), Optional.empty(), Set.of(), List.of()));
    assertThat(status().state()).isEqualTo(State.UP);
  }
}
