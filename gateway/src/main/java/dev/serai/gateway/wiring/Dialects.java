package dev.serai.gateway.wiring;

import dev.serai.adapters.dialects.anthropic.AnthropicDialect;
import dev.serai.adapters.dialects.bedrock.BedrockDialect;
import dev.serai.adapters.dialects.gemini.GeminiDialect;
import dev.serai.adapters.dialects.ollama.OllamaDialect;
import dev.serai.adapters.dialects.openai.OpenAiDialect;
import dev.serai.adapters.dialects.responses.ResponsesDialect;
import dev.serai.adapters.dialects.vertex.VertexDialect;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.dialect.RequestSigner;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Registers the dialects that providers speak. A new dialect is one line in {@link #ALL}. */
final class Dialects {
  private static final Dialect BEDROCK = new BedrockDialect();
  private static final Dialect GEMINI = new GeminiDialect();

  /** Anthropic's models on Vertex AI have a version of their own. */
  private static final Dialect VERTEX =
      new VertexDialect(GEMINI, new AnthropicDialect("vertex-2023-10-16"));

  private static final List<Dialect> ALL =
      List.of(
          new OpenAiDialect(new ResponsesDialect()),
          new AnthropicDialect(),
          GEMINI,
          VERTEX,
          new OllamaDialect(),
          BEDROCK);

  private Dialects() {}

  static Map<String, Dialect> byName() {
    return ALL.stream().collect(Collectors.toMap(Dialect::name, Function.identity()));
  }

  /** The dialects whose requests are signed when the provider has no key, by name. */
  static Map<String, RequestSigner> signers(RequestSigner aws, RequestSigner google) {
    return Map.of(BEDROCK.name(), aws, VERTEX.name(), google);
  }
}
