package dev.serai.gateway;

import dev.serai.adapters.dialects.ollama.OllamaEmbeddingSurface;
import dev.serai.adapters.dialects.openai.OpenAiEmbeddingSurface;
import dev.serai.adapters.dialects.openai.relay.OpenAiRelaySurface;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.provider.ProviderProfile;
import dev.serai.core.provider.Providers;
import dev.serai.core.request.Operation;
import dev.serai.core.surface.EmbeddingSurface;
import dev.serai.core.surface.Surfaces;
import dev.serai.core.time.Ticker;
import dev.serai.processors.chat.PlanAttempts;
import dev.serai.processors.relay.PlanRelay;
import dev.serai.processors.relay.ReadEmbeddingRequest;
import dev.serai.processors.relay.ReadRelayRequest;
import dev.serai.processors.relay.WriteEmbeddingReply;
import dev.serai.processors.relay.WriteRelayReply;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The steps of calls that are no chat, by the names that routes use. */
final class RelayBeans {
  private final Map<String, Dialect> dialects;
  private final Surfaces surfaces;
  private final List<EmbeddingSurface> embeddings;

  /**
   * @param dialects by name
   */
  RelayBeans(Map<String, Dialect> dialects, Surfaces surfaces, InstantSource clock) {
    embeddings = List.of(new OpenAiEmbeddingSurface(), new OllamaEmbeddingSurface(clock));
    this.dialects = Map.copyOf(dialects);
    this.surfaces = surfaces;
  }

  Map<String, Object> all(
      PlanAttempts names, Providers providers, Optional<String> defaultProvider) {
    Map<String, Object> beans = new LinkedHashMap<>();
    beans.put(
        "read-embedding-request", new ReadEmbeddingRequest(embeddings, surfaces, Ticker.SYSTEM));
    beans.put("write-embedding-reply", new WriteEmbeddingReply(embeddings));
    beans.put(
        "read-relay-request",
        new ReadRelayRequest(new OpenAiRelaySurface(), surfaces, Ticker.SYSTEM));
    beans.put("plan-relay", new PlanRelay(names, providers, this::offers, defaultProvider));
    beans.put("write-relay-reply", new WriteRelayReply());
    return beans;
  }

  private boolean offers(ProviderProfile provider, Operation operation) {
    Dialect dialect = dialects.get(provider.dialect());
    if (dialect == null) {
      return false;
    }
    return operation == Operation.EMBEDDINGS
        ? dialect.embeddings().isPresent()
        : dialect.relay().filter(relay -> relay.supports(operation)).isPresent();
  }
}
