package dev.serai.processors.attempt;

import dev.serai.core.call.Call;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.HeaderRules;
import dev.serai.core.http.Headers;
import dev.serai.core.provider.ProviderProfile;
import dev.serai.core.routing.Candidate;
import dev.serai.processors.support.LoopDetector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Adds header fields to requests to providers, in addition to those of the dialect: the fields that
 * the operator configured for the provider, the model and the alias, of which later ones replace
 * earlier ones, the client's fields that the dialect forwards, and the trace. The operator's fields
 * replace those of the dialect, and the client's never replace any. Immutable.
 */
public final class ProviderHeaders {
  /** Fields that turn on features of one vendor: another one cannot take them as header fields. */
  private static final List<String> FEATURES = List.of("anthropic-beta", "openai-beta");

  private static final List<String> FOR_ALL = List.of("idempotency-key");
  private static final String REQUEST_ID = "x-request-id";
  private static final String TRACE_PARENT = "traceparent";
  private static final String TRACE_STATE = "tracestate";

  private final Map<String, Map<String, String>> configured;
  private final Map<Candidate, Map<String, String>> ofModels;
  private final LoopDetector loops;

  /**
   * @param configured the fields of the settings, by provider; they override those of its route
   * @param ofModels the fields of the settings for models of providers
   * @param loops names this gateway in every request
   */
  public ProviderHeaders(
      Map<String, Map<String, String>> configured,
      Map<Candidate, Map<String, String>> ofModels,
      LoopDetector loops) {
    this.configured = Map.copyOf(configured);
    this.ofModels = Map.copyOf(ofModels);
    this.loops = loops;
  }

  /** Adds the fields to the request of the current attempt. */
  void add(HeaderFields request, Call call, ProviderProfile provider) {
    Headers client = call.clientHeaders();
    forward(client, call.current().dialect().clientHeaders(), request);
    forward(client, FOR_ALL, request);
    client
        .first(REQUEST_ID)
        .filter(HeaderRules::isRequestId)
        .ifPresent(id -> request.set(REQUEST_ID, id));
    addConfigured(request, provider);
    ofModel(call).forEach(request::set);
    if (call.hasPlan()) {
      call.plan().rules().headers().forEach(request::set);
    }
    loops.sign(request, client);
    call.trace().propagate(call, request);
    forward(client, List.of(TRACE_PARENT), request);
    if (client.first(TRACE_PARENT).isPresent()) {
      forward(client, List.of(TRACE_STATE), request);
    }
  }

  /** The dropped fields of a request with the client's header fields that it does not carry. */
  static List<String> withDropped(List<String> dropped, Headers client, Dialect dialect) {
    List<String> all = dropped;
    for (String name : FEATURES) {
      boolean carried =
          dialect.clientHeaders().contains(name) || dialect.headersInBody().contains(name);
      if (!carried && client.first(name).isPresent() && !dropped.contains(name)) {
        all = new ArrayList<>(all);
        all.add(name);
      }
    }
    return all;
  }

  /** Adds the fields of a request of the gateway's own, which no client has sent. */
  public void addOwn(HeaderFields request, ProviderProfile provider) {
    addConfigured(request, provider);
    loops.sign(request, Headers.NONE);
  }

  private Map<String, String> ofModel(Call call) {
    return ofModels.isEmpty()
        ? Map.of()
        : ofModels.getOrDefault(call.current().candidate(), Map.of());
  }

  /** The values of the settings' fields for an attempt, which are secrets. */
  List<String> secrets(Call call, ProviderProfile provider) {
    List<String> values =
        new ArrayList<>(configured.getOrDefault(provider.name(), Map.of()).values());
    values.addAll(ofModel(call).values());
    if (call.hasPlan()) {
      values.addAll(call.plan().rules().headers().values());
    }
    return values;
  }

  private void addConfigured(HeaderFields request, ProviderProfile provider) {
    provider.headers().forEach(request::set);
    configured.getOrDefault(provider.name(), Map.of()).forEach(request::set);
  }

  private static void forward(Headers client, List<String> names, HeaderFields request) {
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (request.first(name).isEmpty()) {
        client.first(name).ifPresent(value -> request.add(name, value));
      }
    }
  }
}
