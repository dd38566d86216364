package dev.serai.processors.service;

import dev.serai.core.call.Attempt;
import dev.serai.core.call.Call;
import dev.serai.core.call.CallListener;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.provider.ProviderStatus.LastError;
import dev.serai.core.provider.ProviderStatus.Latency;
import dev.serai.core.provider.Providers;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Records the latency and the last error of every configured provider. Bounded by their number.
 * Safe for use by many threads.
 */
public final class ProviderStats implements CallListener {
  private final Providers providers;
  private final InstantSource clock;
  private final Map<String, Stats> byName = new ConcurrentHashMap<>();

  private static final class Stats {
    final Latencies latencies = new Latencies();
    volatile @Nullable LastError lastError;
    volatile boolean succeeded;

    void failed(ProviderProblem problem, InstantSource clock) {
      lastError =
          new LastError(
              problem.code(),
              problem.failureCause(),
              clock.instant(),
              problem.failureCause().isFaultOfProvider());
    }

    void succeeded() {
      succeeded = true;
      LastError last = lastError;
      if (last != null && last.standing()) {
        lastError = new LastError(last.code(), last.cause(), last.at(), false);
      }
    }
  }

  public ProviderStats(Providers providers, InstantSource clock) {
    this.providers = providers;
    this.clock = clock;
  }

  @Override
  public void settled(Call call) {
    for (Attempt attempt : call.attempts()) {
      Stats stats = stats(attempt.candidate().provider());
      if (stats == null) {
        continue;
      }
      record(attempt, stats);
    }
  }

  private void record(Attempt attempt, Stats stats) {
    Optional<ProviderProblem> failed = attempt.providerProblem();
    if (failed.isPresent()) {
      ProviderProblem problem = failed.get();
      if (problem.failureCause().rejectsRequest()
          || problem.failureCause() == FailureCause.FORBIDDEN) {
        stats.succeeded();
      }
      if (problem.failureCause().isFailure() && !problem.failureCause().nothingSent()) {
        stats.failed(problem, clock);
      }
    } else if (attempt.problem().isEmpty() && attempt.firstTokenNanos() != 0) {
      stats.latencies.record(attempt.firstTokenNanos() - attempt.readyNanos());
      stats.succeeded();
    }
  }

  private @Nullable Stats stats(String provider) {
    Stats known = byName.get(provider);
    if (known != null || providers.find(provider).isEmpty()) {
      return known;
    }
    return byName.computeIfAbsent(provider, name -> new Stats());
  }

  Optional<Latency> latency(String provider) {
    Stats stats = byName.get(provider);
    return stats == null ? Optional.empty() : stats.latencies.latency();
  }

  /** Whether an attempt has succeeded since the start. */
  boolean hasSucceeded(String provider) {
    Stats stats = byName.get(provider);
    return stats != null && stats.succeeded;
  }

  Optional<LastError> lastError(String provider) {
    Stats stats = byName.get(provider);
    return stats == null ? Optional.empty() : Optional.ofNullable(stats.lastError);
  }
}
