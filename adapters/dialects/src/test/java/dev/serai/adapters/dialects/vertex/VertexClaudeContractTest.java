package dev.serai.adapters.dialects.vertex;

/** Claude models on Vertex AI. */
class VertexClaudeContractTest extends VertexContract {
  VertexClaudeContractTest() {
    super("anthropic", "anthropic/some-model");
  }
}
