package dev.serai.gateway.wiring;

import dev.serai.config.Settings;
import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.problem.cause.CloseAll;
import dev.serai.core.provider.Providers;
import dev.serai.core.time.Ticker;
import dev.serai.core.time.TimeAndRandomness;
import dev.serai.gateway.edge.request.RequestIds;
import dev.serai.gateway.models.ReloadableCatalogue;
import dev.serai.gateway.telemetry.metrics.Metrics;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What several features need. {@link Wiring} closes it after the last feature, since features use
 * it while they close: the last flush of the ledger updates metrics.
 *
 * @param settings as they were at the start
 * @param checkout where routes/, adapters/kamelets/ and docs/ are
 * @param catalogue the models of the settings; {@link ProvidersFeature#catalogue} adds those that
 *     providers list
 * @param providers filled while routes are loaded
 * @param dialects by name
 * @param metrics every feature registers its own meters here
 * @param memory the memory limit of the bytes that are held for clients and providers
 * @param threads makes the threads that work in the background
 */
record SharedParts(
    Settings settings,
    ReloadableSecrets secrets,
    Path checkout,
    TimeAndRandomness sources,
    ReloadableCatalogue catalogue,
    Providers providers,
    Map<String, Dialect> dialects,
    Metrics metrics,
    ChannelEventLoops loops,
    ByteLimit memory,
    BackgroundThreads threads)
    implements AutoCloseable {
  InstantSource clock() {
    return sources.clock();
  }

  Ticker ticker() {
    return sources.ticker();
  }

  /** Random numbers, asked for on each use. */
  Supplier<RandomGenerator> random() {
    return sources.random();
  }

  /** Makes request IDs, which begin with their time: the ledger finds rows by it. */
  RequestIds requestIds() {
    return new RequestIds(clock(), () -> random().get().nextLong());
  }

  @Override
  public void close() {
    CloseAll.inOrder(metrics::close, loops::close);
  }
}
