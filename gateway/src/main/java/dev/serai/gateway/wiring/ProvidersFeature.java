package dev.serai.gateway.wiring;

import dev.serai.adapters.aws.AwsSigner;
import dev.serai.adapters.google.GoogleSigner;
import dev.serai.adapters.upstream.ProxyRules;
import dev.serai.adapters.upstream.UpstreamComponent;
import dev.serai.adapters.upstream.UpstreamLimits;
import dev.serai.config.Settings;
import dev.serai.config.annotation.Secret;
import dev.serai.config.provider.ModelSettings;
import dev.serai.config.provider.Provider;
import dev.serai.config.upstream.ModelListSettings;
import dev.serai.config.upstream.ProxySettings;
import dev.serai.config.upstream.UpstreamSettings;
import dev.serai.core.background.BackgroundThread;
import dev.serai.core.call.CallListener;
import dev.serai.core.dialect.RequestSigner;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.http.Reply;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.provider.ProviderProfile;
import dev.serai.core.provider.ProviderStatus.ModelNames;
import dev.serai.core.provider.UpstreamState;
import dev.serai.core.provider.key.ProviderKeys;
import dev.serai.core.routing.Candidate;
import dev.serai.gateway.models.ModelListFetcher;
import dev.serai.gateway.models.ModelLists;
import dev.serai.gateway.telemetry.metrics.ProviderMeters;
import dev.serai.processors.attempt.KeyHealthListener;
import dev.serai.processors.attempt.ProviderHeaders;
import dev.serai.processors.service.ListProviders;
import dev.serai.processors.service.ProviderStats;
import dev.serai.processors.service.ProviderStatuses;
import dev.serai.processors.support.LoopDetector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Reaches the providers, and tracks the state of their keys, their replies and model lists. */
final class ProvidersFeature implements Feature {
  private final SharedParts shared;
  private final Map<String, RequestSigner> signers;
  private final UpstreamComponent upstream;
  private final ProviderKeys keys;
  private final KeyHealthListener keyHealth;
  private final ProviderStats stats;
  private final LoopDetector loops;
  private final ProviderHeaders headers;
  private final ModelLists lists;
  private final ModelCatalogue catalogue;
  private final Optional<BackgroundThread> poller;

  ProvidersFeature(SharedParts shared, TelemetryFeature telemetry) {
    this.shared = shared;
    upstream = upstream(shared);
    signers =
        Dialects.signers(
            new AwsSigner(shared.secrets(), shared.clock()),
            new GoogleSigner(shared.secrets()::text, upstream::send, shared.clock()));
    keys = new ProviderKeys(shared.secrets()::all, shared.ticker());
    keyHealth = new KeyHealthListener(keys);
    stats = new ProviderStats(shared.providers(), shared.clock());
    loops = new LoopDetector(Long.toHexString(shared.random().get().nextLong()));
    headers = new ProviderHeaders(configuredHeaders(shared), headersOfModels(shared), loops);
    ModelListSettings fetched = shared.settings().upstream().modelLists();
    lists = lists(fetched);
    catalogue = lists.addedTo(shared.catalogue());
    poller = fetched.enabled() ? Optional.of(lists.poller(shared.threads())) : Optional.empty();
    meter(telemetry);
  }

  private static UpstreamComponent upstream(SharedParts shared) {
    UpstreamSettings settings = shared.settings().upstream();
    ProxySettings proxy = settings.proxy();
    UpstreamLimits limits =
        new UpstreamLimits(
            settings.deadlines(),
            settings.pool(),
            settings.breaker(),
            new ProxyRules(
                proxy.https().map(Secret::reveal),
                proxy.http().map(Secret::reveal),
                proxy.noProxy()),
            shared.memory());
    return new UpstreamComponent(limits, shared.providers(), shared.dialects(), shared.ticker());
  }

  private static Map<String, Map<String, String>> configuredHeaders(SharedParts shared) {
    Map<String, Map<String, String>> byProvider = new TreeMap<>();
    shared
        .settings()
        .providers()
        .forEach((name, provider) -> byProvider.put(name, revealed(provider.headers())));
    return byProvider;
  }

  private static Map<Candidate, Map<String, String>> headersOfModels(SharedParts shared) {
    Map<Candidate, Map<String, String>> byModel = new HashMap<>();
    for (Provider provider : shared.settings().available()) {
      for (ModelSettings model : provider.models()) {
        if (!model.headers().isEmpty()) {
          byModel.putIfAbsent(
              new Candidate(provider.name(), model.name()), revealed(model.headers()));
        }
      }
    }
    return byModel;
  }

  private static Map<String, String> revealed(Map<String, Secret> headers) {
    Map<String, String> revealed = new TreeMap<>();
    headers.forEach((field, value) -> revealed.put(field, value.reveal()));
    return revealed;
  }

  /** Sends a request of the gateway's own with the operator's header fields. */
  private Optional<CompletableFuture<Reply>> send(
      ProviderProfile provider, String baseUrl, ProviderRequest request) {
    headers.addOwn(request.headers(), provider);
    return upstream.send(provider, baseUrl, request);
  }

  private ModelLists lists(ModelListSettings fetched) {
    ModelLists.Pace pace =
        new ModelLists.Pace(
            fetched.every(), () -> shared.random().get().nextDouble(), shared.ticker());
    ModelListFetcher fetcher = new ModelListFetcher(shared.dialects(), signers, keys, this::send);
    return new ModelLists(shared.providers(), fetcher, shared.clock(), pace);
  }

  private void meter(TelemetryFeature telemetry) {
    shared
        .metrics()
        .gauge(
            "serai.breakers.open",
            "Open circuit breakers, of providers and of models",
            Map.of(),
            this::openBreakers);
    ProviderMeters meters = new ProviderMeters(shared.metrics(), upstream::states);
    telemetry.beforeScrape(meters::refresh);
  }

  private long openBreakers() {
    return upstream.states().stream()
        .flatMap(s -> Stream.concat(Stream.of(s.breaker()), s.modelBreakers().values().stream()))
        .filter(UpstreamState.BreakerState.OPEN::equals)
        .count();
  }

  /** Sends a request of the gateway's own to a server that is not a provider. */
  CompletableFuture<Reply> send(String name, String origin, ProviderRequest request) {
    return upstream.send(name, origin, request);
  }

  ProviderKeys keys() {
    return keys;
  }

  /** Recognizes requests of this gateway. */
  LoopDetector loops() {
    return loops;
  }

  ProviderHeaders headers() {
    return headers;
  }

  KeyHealthListener keyHealth() {
    return keyHealth;
  }

  /** The signers of requests without a key, by dialect. */
  Map<String, RequestSigner> signers() {
    return signers;
  }

  /** The catalogue of the settings with the models that providers list themselves. */
  ModelCatalogue catalogue() {
    return catalogue;
  }

  @Override
  public Map<String, Object> beans() {
    return Map.of(
        "upstream", upstream, "list-providers", new ListProviders(statuses(), shared.clock()));
  }

  /** Whether a circuit breaker would refuse a call to this candidate now. */
  boolean stops(Candidate candidate) {
    return upstream.stops(candidate);
  }

  /** The status of every provider. */
  ProviderStatuses statuses() {
    ProviderStatuses.Sources sources = new ProviderStatuses.Sources(upstream::states, this::models);
    return new ProviderStatuses(shared.providers(), keys, stats, sources);
  }

  private ModelNames models(ProviderProfile profile) {
    TreeSet<String> names = new TreeSet<>(profile.models());
    names.addAll(catalogue.modelsOf(profile.name()));
    ModelNames listed = lists.of(profile.name());
    return new ModelNames(List.copyOf(names), listed.fetched(), listed.failure());
  }

  @Override
  public List<CallListener> listeners() {
    return List.of(keyHealth, stats);
  }

  /** The keys are those of the shared secrets now. */
  @Override
  public void replace(Settings fresh) {
    keys.refresh();
  }

  @Override
  public void start() {
    poller.ifPresent(BackgroundThread::start);
  }

  @Override
  public void close() {
    poller.ifPresent(BackgroundThread::stop);
  }
}
