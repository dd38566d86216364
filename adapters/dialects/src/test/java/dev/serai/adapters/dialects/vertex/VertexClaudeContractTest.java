package dev.serai.adapters.dialects.vertex;

import dev.serai.adapters.dialects.anthropic.AnthropicDialect;
import dev.serai.adapters.dialects.contract.DialectContract;
import dev.serai.adapters.dialects.gemini.GeminiDialect;
import dev.serai.core.dialect.Dialect;
import java.util.Set;

/** Claude models on Vertex AI: replies as from the publisher, requests of their own. */
class VertexClaudeContractTest extends DialectContract {
  @Override
  protected Dialect dialect() {
    return new VertexDialect(new GeminiDialect(), new AnthropicDialect("vertex-2023-10-16"));
  }

  @Override
  protected Set<String> quirks(String cassette) {
    return dialect().impliedQuirks();
  }

  @Override
  protected String model() {
    return "anthropic/some-model";
  }

  @Override
  protected String recordings(String kind) {
    return kind.equals("requests") ? "vertex-anthropic" : "anthropic";
  }
}
