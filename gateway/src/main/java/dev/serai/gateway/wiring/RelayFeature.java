package dev.serai.gateway.wiring;

import dev.serai.adapters.dialects.gemini.GeminiEmbeddingSurface;
import dev.serai.adapters.dialects.ollama.OllamaEmbeddingSurface;
import dev.serai.adapters.dialects.openai.OpenAiEmbeddingSurface;
import dev.serai.adapters.dialects.openai.relay.OpenAiRealtimeSurface;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.provider.ProviderProfile;
import dev.serai.core.request.Operation;
import dev.serai.core.surface.EmbeddingSurface;
import dev.serai.core.surface.RealtimeSurface;
import dev.serai.core.surface.RelaySurface;
import dev.serai.core.surface.Surfaces;
import dev.serai.processors.realtime.ReadRealtimeRequest;
import dev.serai.processors.realtime.WriteRealtimeReply;
import dev.serai.processors.relay.ReadEmbeddingRequest;
import dev.serai.processors.relay.ReadRelayRequest;
import dev.serai.processors.relay.WriteEmbeddingReply;
import dev.serai.processors.relay.WriteRelayReply;
import dev.serai.processors.routing.ModelResolver;
import dev.serai.processors.routing.PlanRelay;
import java.util.List;
import java.util.Map;

/** Serves embeddings, and relays images, audio, files and realtime sessions. */
final class RelayFeature implements Feature {
  private final SharedParts shared;
  private final Surfaces surfaces;
  private final ModelResolver models;
  private final RelaySurface relayed;
  private final List<EmbeddingSurface> embeddings;

  RelayFeature(SharedParts shared, Surfaces surfaces, RelaySurface relayed, ModelResolver models) {
    this.relayed = relayed;
    this.shared = shared;
    this.surfaces = surfaces;
    this.models = models;
    embeddings =
        List.of(
            new OpenAiEmbeddingSurface(),
            new OllamaEmbeddingSurface(shared.clock()),
            new GeminiEmbeddingSurface());
  }

  @Override
  public Map<String, Object> beans() {
    RealtimeSurface realtime = new OpenAiRealtimeSurface();
    return Map.of(
        "read-embedding-request",
            new ReadEmbeddingRequest(embeddings, surfaces, shared.ticker(), shared.loops()),
        "write-embedding-reply", new WriteEmbeddingReply(embeddings, shared.loops()),
        "read-relay-request", new ReadRelayRequest(relayed, surfaces, shared.ticker()),
        "read-realtime-request", new ReadRealtimeRequest(realtime, surfaces, shared.ticker()),
        "write-realtime-reply", new WriteRealtimeReply(realtime, shared.memory()),
        "plan-relay", new PlanRelay(models, shared.providers(), this::offers),
        "write-relay-reply", new WriteRelayReply());
  }

  private boolean offers(ProviderProfile provider, Operation operation) {
    Dialect dialect = shared.dialects().get(provider.dialect());
    if (dialect == null) {
      return false;
    }
    return operation == Operation.EMBEDDINGS
        ? dialect.embeddings().isPresent()
        : dialect.relay().filter(relay -> relay.supports(operation)).isPresent();
  }
}
