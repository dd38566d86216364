package dev.serai.gateway.wiring;

import dev.serai.config.read.SettingsException;
import dev.serai.config.state.MemorySettings.Embeddings;
import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.embedding.EmbeddingPool;
import dev.serai.core.embedding.TextEncoderProvider;
import dev.serai.gateway.telemetry.metrics.Metrics;
import dev.serai.memory.objects.ObjectEmbedder;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The embeddings of memory objects and of cached questions, as the settings say. Stateless. */
final class MemoryEmbeddings {
  private MemoryEmbeddings() {}

  /**
   * Loads the model; empty if none is wanted.
   *
   * @param setting that wants it
   * @throws SettingsException if its module is not there, or does not run on this machine
   */
  static Optional<EmbeddingPool> open(
      String setting, Embeddings wanted, BackgroundThreads threads) {
    if (wanted == Embeddings.NONE) {
      return Optional.empty();
    }
    String name = wanted.name().toLowerCase(Locale.ROOT);
    TextEncoderProvider provider =
        TextEncoderProvider.find(name)
            .orElseThrow(
                () ->
                    wrong(
                        setting,
                        "the module adapters/"
                            + name
                            + " is not on the class path. Start with: ./serai run --with "
                            + name));
    try {
      return Optional.of(
          new EmbeddingPool(provider.open(), EmbeddingPool.Limits.defaults(), threads));
    } catch (IOException e) {
      throw wrong(setting, e.getMessage() + ". Set it to none, or use another machine.");
    }
  }

  private static SettingsException wrong(String setting, String why) {
    return new SettingsException(List.of(setting + ": " + why));
  }

  static void meter(EmbeddingPool pool, Metrics metrics) {
    metrics.counter(
        "serai.embeddings.computed",
        "Texts whose embeddings were computed in this process",
        Map.of(),
        pool::computed);
    metrics.gauge(
        "serai.embeddings.waiting",
        "Texts that wait for their embeddings, or are computed",
        Map.of(),
        pool::waiting);
  }

  static void meter(ObjectEmbedder objects, Metrics metrics) {
    metrics.gauge(
        "serai.memory.embeddings.failed",
        "Memory objects that have no embedding since the model has failed for them",
        Map.of(),
        objects::failed);
    metrics.counter(
        "serai.memory.embeddings.failures",
        "Failures of the model for a memory object; each is tried again later",
        Map.of(),
        objects::failures);
  }
}
