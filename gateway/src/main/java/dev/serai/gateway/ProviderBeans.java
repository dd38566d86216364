package dev.serai.gateway;

import dev.serai.adapters.upstream.UpstreamComponent;
import dev.serai.config.provider.ModelListSettings;
import dev.serai.core.call.CallListener;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.dialect.RequestSigner;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.provider.ProviderKeys;
import dev.serai.core.provider.ProviderProfile;
import dev.serai.core.provider.ProviderStatus.ModelNames;
import dev.serai.core.provider.Providers;
import dev.serai.core.provider.Secrets;
import dev.serai.core.provider.UpstreamState;
import dev.serai.core.time.Ticker;
import dev.serai.gateway.models.CatalogueWithLists;
import dev.serai.gateway.models.ModelListFetcher;
import dev.serai.gateway.models.ModelListPoller;
import dev.serai.gateway.models.ModelLists;
import dev.serai.processors.chat.KeyVerdicts;
import dev.serai.processors.edge.ListProviders;
import dev.serai.processors.status.ProviderStats;
import dev.serai.processors.status.ProviderStatuses;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.Processor;

/**
 * What is known of the providers while they are used: how their keys stand, how they answered, and
 * which models they list.
 */
final class ProviderBeans implements AutoCloseable {
  private final Reach reach;
  private final ProviderKeys keys;
  private final KeyVerdicts verdicts;
  private final ProviderStats stats;
  private final InstantSource clock;
  private final ModelLists lists;
  private final ModelCatalogue catalogue;
  private final Optional<ModelListPoller> watch;

  /**
   * How the providers are reached.
   *
   * @param dialects by name
   * @param signers of requests without a key, by dialect
   */
  record Reach(
      Providers providers,
      UpstreamComponent upstream,
      Map<String, Dialect> dialects,
      Map<String, RequestSigner> signers) {}

  ProviderBeans(Reach reach, Secrets secrets, Telemetry telemetry, ModelListSettings fetched) {
    this.reach = reach;
    this.clock = telemetry.clock();
    keys = new ProviderKeys(secrets::all, Ticker.SYSTEM);
    verdicts = new KeyVerdicts(keys);
    stats = new ProviderStats(reach.providers(), clock);
    ModelLists.Pace pace =
        new ModelLists.Pace(fetched.every(), () -> ThreadLocalRandom.current().nextDouble());
    ModelListFetcher fetch =
        new ModelListFetcher(reach.dialects(), reach.signers(), keys, reach.upstream()::send);
    lists = new ModelLists(reach.providers(), fetch, clock, pace);
    catalogue = new CatalogueWithLists(telemetry.catalogue(), reach.providers(), lists);
    watch = fetched.enabled() ? Optional.of(new ModelListPoller(lists)) : Optional.empty();
  }

  /** From now on the providers' own lists are fetched, if the settings say so. */
  void start() {
    watch.ifPresent(ModelListPoller::start);
  }

  ProviderKeys keys() {
    return keys;
  }

  KeyVerdicts verdicts() {
    return verdicts;
  }

  /** The catalogue with the models that providers list themselves. */
  ModelCatalogue catalogue() {
    return catalogue;
  }

  /** These listeners and those of the providers. */
  List<CallListener> with(List<CallListener> others) {
    List<CallListener> all = new ArrayList<>(others);
    all.add(verdicts);
    all.add(stats);
    return all;
  }

  Processor listProviders() {
    ProviderStatuses.Sources sources = new ProviderStatuses.Sources(this::breakers, this::models);
    return new ListProviders(statuses(sources), clock);
  }

  private ProviderStatuses statuses(ProviderStatuses.Sources sources) {
    return new ProviderStatuses(reach.providers(), keys, stats, sources);
  }

  private Map<String, String> breakers() {
    Map<String, String> breakers = new TreeMap<>();
    for (UpstreamState state : reach.upstream().states()) {
      breakers.put(state.provider(), state.breaker().name().toLowerCase(Locale.ROOT));
    }
    return breakers;
  }

  private ModelNames models(ProviderProfile profile) {
    TreeSet<String> names = new TreeSet<>(profile.models());
    names.addAll(catalogue.modelsOf(profile.name()));
    ModelNames listed = lists.of(profile.name());
    return new ModelNames(List.copyOf(names), listed.fetched(), listed.failure());
  }

  @Override
  public void close() {
    watch.ifPresent(ModelListPoller::close);
  }
}
