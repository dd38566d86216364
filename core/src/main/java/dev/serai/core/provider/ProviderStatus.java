package dev.serai.core.provider;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One provider at one moment.
 *
 * @param baseUrl without user and query; empty inside the process
 * @param breaker closed, open or half_open; none without a network hop
 * @param models that are known of it
 * @param latency of its latest answers, if there were any
 * @param lastError the latest, if there was one
 */
public record ProviderStatus(
    String name,
    String dialect,
    Optional<String> baseUrl,
    State state,
    String breaker,
    List<KeyStatus> keys,
    ModelNames models,
    Optional<Latency> latency,
    Optional<LastError> lastError) {
  public ProviderStatus {
    keys = List.copyOf(keys);
  }

  /** Whether calls reach it. */
  public enum State {
    /** Nothing is known against it. */
    UP,
    /** Its breaker probes, or a key of it rests or is parked. */
    DEGRADED,
    /** Its breaker is open, or every key of it is parked. */
    DOWN
  }

  /**
   * Names of models.
   *
   * @param fetched when the provider's own list was fetched; empty if it was not
   * @param failure why it was not had the last time it was asked for; empty if it was
   */
  public record ModelNames(
      List<String> names, Optional<Instant> fetched, Optional<ListFailure> failure) {
    /** Of a provider that has told nothing. */
    public static final ModelNames NONE =
        new ModelNames(List.of(), Optional.empty(), Optional.empty());

    public ModelNames {
      names = List.copyOf(names);
    }
  }

  /**
   * Why a list of models was not had.
   *
   * @param message for a person, without secrets
   */
  public record ListFailure(String message, Instant at) {}

  /**
   * Milliseconds to the first token of a stream, to the end of a whole answer.
   *
   * @param p50 that half of the latest answers took at most
   * @param p95 that 95 of 100 took at most
   */
  public record Latency(long p50, long p95) {}

  /**
   * Why an attempt failed.
   *
   * @param code the error's code, as callers see it
   */
  public record LastError(String code, Instant at) {}
}
