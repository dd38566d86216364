package dev.serai.gateway.fidelity;

import dev.serai.adapters.dialects.anthropic.AnthropicDialect;
import dev.serai.adapters.dialects.anthropic.AnthropicSurface;
import dev.serai.adapters.dialects.bedrock.BedrockDialect;
import dev.serai.adapters.dialects.gemini.GeminiDialect;
import dev.serai.adapters.dialects.gemini.GeminiSurface;
import dev.serai.adapters.dialects.ollama.OllamaDialect;
import dev.serai.adapters.dialects.ollama.OllamaSurface;
import dev.serai.adapters.dialects.openai.OpenAiDialect;
import dev.serai.adapters.dialects.openai.OpenAiSurface;
import dev.serai.adapters.dialects.responses.ResponsesDialect;
import dev.serai.adapters.dialects.responses.ResponsesSurface;
import dev.serai.core.dialect.Destination;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.http.Headers;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.provider.ProviderProfile;
import dev.serai.core.surface.Surface;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Every surface and every kind of provider, as the gateway wires them. */
final class Parties {
  private Parties() {}

  /** Every surface, by the name that rows use. */
  static Map<String, Surface> surfaces() {
    Clock clock = Clock.systemUTC();
    Surface openai = new OpenAiSurface(clock);
    Map<String, Surface> surfaces = new LinkedHashMap<>();
    surfaces.put(Feature.OPENAI, openai);
    surfaces.put(Feature.RESPONSES, new ResponsesSurface(clock));
    surfaces.put(Feature.ANTHROPIC, new AnthropicSurface());
    surfaces.put(Feature.GEMINI, new GeminiSurface());
    surfaces.put(Feature.OLLAMA, OllamaSurface.chat(clock));
    return surfaces;
  }

  /**
   * A provider.
   *
   * @param name the title of its column
   * @param model a model of the provider, whose name decides what it accepts
   */
  record Asked(String name, Dialect dialect, Set<String> quirks, String model) {
    Destination destination() {
      ProviderProfile profile =
          new ProviderProfile(
              "p",
              dialect.name(),
              Optional.of("http://127.0.0.1/v1"),
              Optional.empty(),
              quirks,
              List.of());
      return new Destination(profile, model, Optional.of("key"));
    }
  }

  /** One of every kind that is asked over the network. */
  static List<Asked> providers() {
    Dialect openai = new OpenAiDialect(new ResponsesDialect());
    return List.of(
        new Asked("openai", openai, Set.of(), "m"),
        new Asked("responses", openai, Set.of("responses-only"), "gpt-5"),
        new Asked("anthropic", new AnthropicDialect(), Set.of(), "claude-sonnet-4-5"),
        new Asked(
            "bedrock", new BedrockDialect(), Set.of(), "anthropic.claude-sonnet-4-5-20250929-v1:0"),
        new Asked("gemini", new GeminiDialect(), Set.of(), "gemini-2.5-pro"),
        new Asked("ollama", new OllamaDialect(), Set.of(), "m"));
  }

  /** Quotes are written as apostrophes in the rows. */
  static String json(String text) {
    return text.replace('\'', '"');
  }

  static InboundRequest inbound(String surface, String members) {
    String path =
        switch (surface) {
          case Feature.ANTHROPIC -> "/v1/messages";
          case Feature.RESPONSES -> "/v1/responses";
          case Feature.GEMINI -> "/v1beta/models/asked:generateContent";
          case Feature.OLLAMA -> "/api/chat";
          default -> "/v1/chat/completions";
        };
    String head =
        switch (surface) {
          case Feature.GEMINI -> "{";
          case Feature.OLLAMA -> "{'model':'asked','stream':false,";
          case Feature.ANTHROPIC ->
              members.contains("'max_tokens'")
                  ? "{'model':'asked',"
                  : "{'model':'asked','max_tokens':9000,";
          default -> "{'model':'asked',";
        };
    byte[] body = json(head + members + "}").getBytes(StandardCharsets.UTF_8);
    return new InboundRequest("POST", path, "", Headers.NONE, body);
  }
}
