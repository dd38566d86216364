package dev.serai.core.provider;

import dev.serai.core.problem.FailureCause;
import dev.serai.core.provider.key.KeyStatus;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One provider at one moment.
 *
 * @param baseUrl empty inside the process
 * @param breakers its own and those of its models
 * @param models that are known of it
 * @param latency of its latest replies; empty without any
 * @param lastError the latest, if there was one
 */
public record ProviderStatus(
    String name,
    String dialect,
    Optional<String> baseUrl,
    State state,
    Breakers breakers,
    List<KeyStatus> keys,
    ModelNames models,
    Optional<Latency> latency,
    Optional<LastError> lastError) {
  private static final String OPEN = "open";

  public ProviderStatus {
    keys = List.copyOf(keys);
  }

  /** Whether calls reach it, by the latest attempt or fetch of its list of models. */
  public enum State {
    /** Nothing has been sent to it yet. */
    UNKNOWN,
    /** The latest attempt succeeded, and no other fault is known. */
    UP,
    /**
     * It replied to the latest attempt, but failed it; or its breaker is half open, or that of one
     * of its models is not closed, or one of its keys is in cooldown or disabled.
     */
    DEGRADED,
    /** The latest attempt did not reach it, or its breaker is open. */
    UNREACHABLE,
    /**
     * It rejected the key of the latest attempt, the gateway has no credentials for it, or every
     * key of it is disabled.
     */
    UNAUTHORIZED
  }

  /**
   * The circuit breakers of a provider.
   *
   * @param own closed, open or half_open; none inside the process
   * @param models open or half_open, by the provider's name of each model whose breaker is not
   *     closed; under the empty name that of calls without a model
   */
  public record Breakers(String own, Map<String, String> models) {
    /** Of a provider inside the process. */
    public static final Breakers NONE = new Breakers("none", Map.of());

    public Breakers {
      models = Collections.unmodifiableSortedMap(new TreeMap<>(models));
    }

    /** The state that a call to a model meets: that of the provider unless the model's is worse. */
    public String of(String model) {
      return own.equals(OPEN) ? own : models.getOrDefault(model, own);
    }

    /** Whether nothing is sent to the provider. */
    public boolean areOpen() {
      return own.equals(OPEN);
    }
  }

  /**
   * Names of models.
   *
   * @param fetched when the provider's own list was fetched; empty if it was not
   * @param failure why the last fetch failed; empty if it succeeded
   */
  public record ModelNames(
      List<String> names, Optional<Instant> fetched, Optional<ListFailure> failure) {
    /** No names known. */
    public static final ModelNames NONE =
        new ModelNames(List.of(), Optional.empty(), Optional.empty());

    public ModelNames {
      names = List.copyOf(names);
    }
  }

  /**
   * Why a list of models could not be fetched.
   *
   * @param message for a person, without secrets
   * @param cause why it failed; empty if the provider was not at fault
   */
  public record ListFailure(String message, Optional<FailureCause> cause, Instant at) {}

  /**
   * Milliseconds to the first token of a stream, to the end of a non-streaming reply.
   *
   * @param p50 the median
   * @param p95 the 95th percentile
   */
  public record Latency(long p50, long p95) {}

  /**
   * Why an attempt failed.
   *
   * @param code the error's code, as callers see it
   * @param cause why it failed
   * @param standing whether no attempt has succeeded since
   */
  public record LastError(String code, FailureCause cause, Instant at, boolean standing) {}
}
