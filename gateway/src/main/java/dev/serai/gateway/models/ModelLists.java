package dev.serai.gateway.models;

import dev.serai.config.provider.KnownProvider;
import dev.serai.core.background.BackgroundThread;
import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.problem.cause.Causes;
import dev.serai.core.provider.ProviderProfile;
import dev.serai.core.provider.ProviderStatus.ListFailure;
import dev.serai.core.provider.ProviderStatus.ModelNames;
import dev.serai.core.provider.Providers;
import dev.serai.core.secret.KeyForms;
import dev.serai.core.time.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the lists of models that the providers publish. A list is fetched when its provider is
 * added, and then at a fixed interval. A fetch that fails leaves the last list in place and is
 * repeated after a minute, then two, and so on. {@link #poll} does all work and is called by one
 * thread; the lists can be read by many.
 */
public final class ModelLists {
  /** Between two polls. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(ModelLists.class);
  private static final Duration FIRST_RETRY = Duration.ofMinutes(1);
  private static final int MAX_DOUBLINGS = 10;
  private static final int MAX_CONCURRENT = 4;

  private final Providers providers;
  private final Fetch fetch;
  private final InstantSource clock;
  private final Ticker ticker;
  private final Duration every;
  private final DoubleSupplier random;
  private final Map<String, Known> byName = new ConcurrentHashMap<>();

  /**
   * Fetches the list of one provider; empty if the provider has no list, or no key is available.
   */
  @FunctionalInterface
  public interface Fetch
      extends Function<ProviderProfile, Optional<CompletableFuture<List<String>>>> {}

  /**
   * The state of one provider.
   *
   * @param index the same names as a set
   * @param dueMillis when to fetch next, in milliseconds of the ticker
   * @param pending the fetch that is running
   */
  private record Known(
      ProviderProfile profile,
      ModelNames names,
      Set<String> index,
      long dueMillis,
      int failures,
      Optional<CompletableFuture<List<String>>> pending) {

    Known failing(ListFailure failure) {
      ModelNames left = new ModelNames(names.names(), names.fetched(), Optional.of(failure));
      return new Known(profile, left, index, dueMillis, failures, pending);
    }

    Known fetching(CompletableFuture<List<String>> question) {
      return new Known(profile, names, index, dueMillis, failures, Optional.of(question));
    }
  }

  public ModelLists(Providers providers, Fetch fetch, InstantSource clock, Pace pace) {
    this.providers = providers;
    this.fetch = fetch;
    this.clock = clock;
    this.every = pace.every();
    this.random = pace.random();
    this.ticker = pace.ticker();
  }

  /**
   * How often lists are fetched.
   *
   * @param every between two fetches of one list, plus or minus a tenth
   * @param random from 0 to 1, the latter excluded
   * @param ticker measures the time between fetches
   */
  public record Pace(Duration every, DoubleSupplier random, Ticker ticker) {}

  /** Takes over the lists that have arrived, and starts the fetches that are due. */
  public void poll() {
    long now = TimeUnit.NANOSECONDS.toMillis(ticker.nanos());
    byName.values().removeIf(known -> !isCurrent(known.profile()));
    List<Known> waiting = new ArrayList<>();
    int running = 0;
    for (ProviderProfile profile : providers.all()) {
      Known known = byName.computeIfAbsent(profile.name(), name -> unknown(profile, now));
      if (known.pending().isPresent() && known.pending().get().isDone()) {
        known = settled(known, known.pending().get(), now);
        byName.put(profile.name(), known);
      }
      if (known.pending().isPresent()) {
        running++;
      } else if (known.dueMillis() - now <= 0) {
        waiting.add(known);
      }
    }
    for (Known due : waiting) {
      if (running >= MAX_CONCURRENT) {
        return;
      }
      running += fetch(due, now) ? 1 : 0;
    }
  }

  private boolean isCurrent(ProviderProfile profile) {
    return providers.find(profile.name()).filter(profile::equals).isPresent();
  }

  private static Known unknown(ProviderProfile profile, long now) {
    return new Known(profile, ModelNames.NONE, Set.of(), now, 0, Optional.empty());
  }

  private boolean fetch(Known due, long now) {
    Optional<CompletableFuture<List<String>>> question = fetch.apply(due.profile());
    Known next = question.isPresent() ? due.fetching(question.get()) : later(due, every, now, 0);
    byName.put(due.profile().name(), next);
    return question.isPresent();
  }

  private Known settled(Known known, CompletableFuture<List<String>> listed, long now) {
    if (listed.isCompletedExceptionally()) {
      int failures = known.failures() + 1;
      Duration doubled = FIRST_RETRY.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
      ListFailure failure = failure(listed.exceptionNow());
      if (!known
          .names()
          .failure()
          .map(ListFailure::message)
          .equals(Optional.of(failure.message()))) {
        report(known.profile(), failure, listed.exceptionNow());
      }
      return later(
          known.failing(failure), doubled.compareTo(every) < 0 ? doubled : every, now, failures);
    }
    List<String> names = listed.join();
    ModelNames fetched = new ModelNames(names, Optional.of(clock.instant()), Optional.empty());
    Known fresh = new Known(known.profile(), fetched, Set.copyOf(names), now, 0, Optional.empty());
    return later(fresh, every, now, 0);
  }

  private static void report(ProviderProfile provider, ListFailure failure, Throwable thrown) {
    boolean absent = failure.cause().filter(FailureCause.UNREACHABLE::equals).isPresent();
    if (absent && isAtDefaultAddress(provider)) {
      LOG.info(
          "provider {}: nothing runs at its default address, {}",
          KeyForms.redactedText(provider.name()),
          provider.baseUrl().orElse(""));
    } else {
      LOG.warn(
          "provider {}: the list of models could not be fetched: {}{}",
          KeyForms.redactedText(provider.name()),
          failure.message(),
          detail(thrown));
    }
  }

  /** Whether the provider is on without configuration, in case its server runs on this machine. */
  private static boolean isAtDefaultAddress(ProviderProfile provider) {
    return provider.keyName().isEmpty()
        && KnownProvider.find(provider.name())
            .flatMap(KnownProvider::baseUrl)
            .equals(provider.baseUrl());
  }

  /** Only the messages of problems are written for users. */
  private ListFailure failure(Throwable failure) {
    Throwable cause = Causes.unwrapped(failure);
    String message =
        cause instanceof GatewayProblem problem
            ? problem.message()
            : "The request could not be sent.";
    Optional<FailureCause> failureCause =
        cause instanceof ProviderProblem problem
            ? Optional.of(problem.failureCause())
            : Optional.empty();
    return new ListFailure(message, failureCause, clock.instant());
  }

  /** The exact reason of a failed connection, for the log only. */
  private static String detail(Throwable failure) {
    return Causes.unwrapped(failure) instanceof ProviderProblem problem
        ? problem.detail().map(detail -> " " + detail).orElse("")
        : "";
  }

  private Known later(Known known, Duration about, long now, int failures) {
    long due = now + pause(about);
    return new Known(
        known.profile(), known.names(), known.index(), due, failures, Optional.empty());
  }

  private long pause(Duration about) {
    return (long) (about.toMillis() * (0.9 + 0.2 * random.getAsDouble()));
  }

  /** A catalogue with the models of these lists besides its own. */
  public ModelCatalogue addedTo(ModelCatalogue catalogue) {
    return new CatalogueWithLists(catalogue, providers, this);
  }

  /** Makes the thread that polls now and then after each pause. It is not started. */
  public BackgroundThread poller(BackgroundThreads threads) {
    return threads.repeat("model-lists", Duration.ZERO, PAUSE, _ -> poll());
  }

  /** The provider's own list; without names if it has not been fetched. */
  public ModelNames of(String provider) {
    Known known = byName.get(provider);
    return known == null ? ModelNames.NONE : known.names();
  }

  /** Whether the provider's list has the name. */
  boolean offers(String provider, String model) {
    Known known = byName.get(provider);
    return known != null && known.index().contains(model);
  }
}
