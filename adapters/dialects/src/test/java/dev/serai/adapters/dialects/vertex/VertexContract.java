package dev.serai.adapters.dialects.vertex;

import dev.serai.adapters.dialects.anthropic.AnthropicDialect;
import dev.serai.adapters.dialects.contract.DialectContract;
import dev.serai.adapters.dialects.gemini.GeminiDialect;
import dev.serai.core.dialect.Dialect;
import java.util.Set;

/** The models of one publisher on Vertex AI: replies as from it, requests of their own. */
abstract class VertexContract extends DialectContract {
  private final String publisher;
  private final String model;

  /**
   * @param publisher whose dialect the models have; the recordings are named for it
   */
  VertexContract(String publisher, String model) {
    this.publisher = publisher;
    this.model = model;
  }

  @Override
  protected final Dialect dialect() {
    return new VertexDialect(new GeminiDialect(), new AnthropicDialect("vertex-2023-10-16"));
  }

  @Override
  protected final Set<String> quirks(String cassette) {
    return dialect().impliedQuirks();
  }

  @Override
  protected final String model() {
    return model;
  }

  @Override
  protected final String recordings(String kind) {
    return kind.equals("requests") ? "vertex-" + publisher : publisher;
  }
}
