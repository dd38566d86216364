package dev.serai.adapters.dialects.vertex;

/** Gemini models on Vertex AI. */
class VertexGeminiContractTest extends VertexContract {
  VertexGeminiContractTest() {
    super("gemini", "some-model");
  }
}
