package dev.serai.gateway.fidelity;

import dev.serai.adapters.anthropic.Anthropic;
import dev.serai.adapters.anthropic.AnthropicSurface;
import dev.serai.adapters.bedrock.Bedrock;
import dev.serai.adapters.gemini.Gemini;
import dev.serai.adapters.gemini.GeminiSurface;
import dev.serai.adapters.ollama.Ollama;
import dev.serai.adapters.ollama.OllamaSurface;
import dev.serai.adapters.openai.OpenAiDialect;
import dev.serai.adapters.openai.OpenAiSurface;
import dev.serai.adapters.responses.ResponsesDialect;
import dev.serai.adapters.responses.ResponsesSurface;
import dev.serai.core.call.Surface;
import dev.serai.core.http.Headers;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.port.Dialect;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who speaks to whom: every surface and every dialect, as the gateway wires them. */
final class Parties {
  private Parties() {}

  /** Every surface, by the name that rows use. */
  static Map<String, Surface> surfaces() {
    Clock clock = Clock.systemUTC();
    Surface openai = new OpenAiSurface(clock);
    Map<String, Surface> surfaces = new LinkedHashMap<>();
    surfaces.put(Feature.OPENAI, openai);
    surfaces.put(Feature.RESPONSES, new ResponsesSurface(openai, clock));
    surfaces.put(Feature.ANTHROPIC, new AnthropicSurface());
    surfaces.put(Feature.GEMINI, new GeminiSurface());
    surfaces.put(Feature.OLLAMA, OllamaSurface.chat(clock));
    return surfaces;
  }

  /** Every dialect that goes over the network. */
  static List<Dialect> dialects() {
    return List.of(
        new OpenAiDialect(new ResponsesDialect()),
        new Anthropic(),
        new Bedrock(),
        new Gemini(),
        new Ollama());
  }

  /** A model that the dialect's provider would offer: what it takes is told from its name. */
  static String model(Dialect dialect) {
    return switch (dialect.name()) {
      case "anthropic" -> "claude-sonnet-4-5";
      case "bedrock" -> "anthropic.claude-sonnet-4-5-20250929-v1:0";
      case "gemini" -> "gemini-2.5-pro";
      default -> "m";
    };
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
