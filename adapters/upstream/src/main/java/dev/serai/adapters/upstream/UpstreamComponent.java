package dev.serai.adapters.upstream;

import dev.serai.core.dialect.Dialect;
import dev.serai.core.http.HeaderRules;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.http.Reply;
import dev.serai.core.net.BaseUrl;
import dev.serai.core.provider.ProviderProfile;
import dev.serai.core.provider.Providers;
import dev.serai.core.provider.UpstreamState;
import dev.serai.core.routing.Candidate;
import dev.serai.core.time.Ticker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/**
 * The Camel component {@code upstream:}, which sends requests to providers.
 *
 * <p>{@code upstream:<provider>?baseUrl=https://api.x.com/v1&dialect=openai&keyName=X_API_KEY},
 * with {@code quirks} and {@code models} as comma-separated lists, {@code modelsUrl} if the model
 * list has another address, and {@code headers} as a list of {@code name=value}. A producer takes a
 * {@link dev.serai.core.http.ProviderRequest} and sets a {@link dev.serai.core.http.Reply}; a
 * failure is a {@link dev.serai.core.problem.ProviderProblem} on the exchange. It runs on the event
 * loop of the client's connection, which it finds in the header {@code
 * CamelNettyChannelHandlerContext}.
 *
 * <p>A provider is in {@link Providers} while a producer for it is started. Creating an endpoint
 * only checks its parameters, so that routes can be checked in a throw-away context with a
 * component of its own. As with any Camel component, one instance must not serve two contexts. Safe
 * for use by many threads.
 */
public final class UpstreamComponent extends DefaultComponent {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
  private static final Pattern FLAG = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
  private static final String PARAMETERS =
      "baseUrl, dialect, keyName, quirks, models, modelsUrl, headers";

  private final Map<String, Dialect> dialects;
  private final UpstreamRegistry registry;

  /**
   * Creates a component with its own connections.
   *
   * @param providers receives each provider that starts and loses each that stops
   * @param dialects by name: those that an endpoint may name
   */
  public UpstreamComponent(
      UpstreamLimits settings, Providers providers, Map<String, Dialect> dialects, Ticker ticker) {
    this(
        new UpstreamRegistry(
            settings, providers, new NetworkResources(NetworkResources.Overrides.NONE, ticker)),
        dialects);
  }

  UpstreamComponent(UpstreamRegistry registry, Map<String, Dialect> dialects) {
    this.registry = registry;
    this.dialects = Map.copyOf(dialects);
  }

  /** The state of each started provider. */
  public List<UpstreamState> states() {
    return registry.states();
  }

  /**
   * Whether a circuit breaker would refuse a call to this candidate now. Costs no lookup while none
   * is open.
   */
  public boolean stops(Candidate candidate) {
    return registry.network().stoppedBreakers().stop(candidate);
  }

  /**
   * Sends a request of the gateway's own to a started provider. The circuit breaker ignores it.
   *
   * @param baseUrl the provider's, or another address of it
   * @return the reply, or a {@link dev.serai.core.problem.GatewayProblem} as failure; empty if the
   *     provider is not started
   */
  public Optional<CompletableFuture<Reply>> send(
      ProviderProfile provider, String baseUrl, ProviderRequest request) {
    return registry
        .find(provider, baseUrl)
        .map(upstream -> BackgroundRequest.send(upstream, request));
  }

  /**
   * Sends a request of the gateway's own to a server that is not a provider, with the same proxy,
   * TLS and connection rules.
   *
   * @param name of the server, for the log
   * @param origin scheme, host and port
   * @return the reply, or a {@link dev.serai.core.problem.GatewayProblem} as failure
   */
  public CompletableFuture<Reply> send(String name, String origin, ProviderRequest request) {
    return BackgroundRequest.send(registry.server(name, origin), request);
  }

  @Override
  protected Endpoint createEndpoint(String uri, String name, Map<String, Object> parameters) {
    ProviderProfile profile = profile(name, parameters);
    if (!parameters.isEmpty()) {
      throw new IllegalArgumentException(
          "unknown parameter "
              + new TreeSet<>(parameters.keySet())
              + " of upstream:"
              + name
              + "; known are "
              + PARAMETERS);
    }
    return new UpstreamEndpoint(uri, this, profile, BaseUrl.parse(profile.baseUrl().orElse("")));
  }

  @Override
  protected void doShutdown() throws Exception {
    registry.close();
    super.doShutdown();
  }

  UpstreamRegistry registry() {
    return registry;
  }

  private ProviderProfile profile(String name, Map<String, Object> parameters) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a provider's name is a-z, 0-9, '.', '_' and '-', not '" + name + "'");
    }
    String baseUrl = required(name, parameters, "baseUrl");
    Dialect dialect = dialect(required(name, parameters, "dialect"));
    Optional<String> modelsUrl =
        optional(parameters, "modelsUrl").or(() -> dialect.modelsUrl(baseUrl));
    modelsUrl.ifPresent(BaseUrl::parse);
    Set<String> quirks = new LinkedHashSet<>(list(parameters, "quirks"));
    requireKnown(dialect, quirks);
    quirks.addAll(dialect.impliedQuirks());
    return new ProviderProfile(
        name,
        dialect.name(),
        Optional.of(dialect.baseUrl(baseUrl)),
        optional(parameters, "keyName"),
        quirks,
        list(parameters, "models"),
        modelsUrl,
        headers(parameters));
  }

  private Map<String, String> headers(Map<String, Object> parameters) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String pair : list(parameters, "headers")) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException("headers is a list like 'name=value,name2=value2'");
      }
      String name = pair.substring(0, equals).strip();
      String value = pair.substring(equals + 1).strip();
      HeaderRules.requireAddable(name, value);
      headers.put(name, value);
    }
    return headers;
  }

  private Dialect dialect(String name) {
    Dialect dialect = dialects.get(name);
    if (dialect == null) {
      throw new IllegalArgumentException(
          "unknown dialect '" + name + "'; known are " + new TreeSet<>(dialects.keySet()));
    }
    return dialect;
  }

  private static void requireKnown(Dialect dialect, Set<String> quirks) {
    for (String quirk : quirks) {
      if (!FLAG.matcher(quirk).matches()) {
        throw new IllegalArgumentException(
            "quirks is a list like 'a,b' of words of a-z, 0-9 and '-', not '" + quirk + "'");
      }
      if (!dialect.supportsQuirk(quirk)) {
        Set<String> known = new TreeSet<>(dialect.quirks());
        throw new IllegalArgumentException(
            "the dialect " + dialect.name() + " has no quirk '" + quirk + "'; known are " + known);
      }
    }
  }

  private String required(String name, Map<String, Object> parameters, String key) {
    return optional(parameters, key)
        .orElseThrow(
            () -> new IllegalArgumentException("upstream:" + name + " needs the parameter " + key));
  }

  private Optional<String> optional(Map<String, Object> parameters, String key) {
    return Optional.ofNullable(getAndRemoveParameter(parameters, key, String.class))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  private List<String> list(Map<String, Object> parameters, String key) {
    List<String> entries = new ArrayList<>();
    optional(parameters, key)
        .ifPresent(value -> entries.addAll(Arrays.asList(value.split("\\s*,\\s*", -1))));
    entries.removeIf(String::isEmpty);
    return entries;
  }
}
