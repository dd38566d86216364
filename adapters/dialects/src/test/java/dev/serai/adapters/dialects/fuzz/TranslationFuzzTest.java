package dev.serai.adapters.dialects.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.serai.adapters.dialects.anthropic.AnthropicDialect;
import dev.serai.adapters.dialects.bedrock.BedrockDialect;
import dev.serai.adapters.dialects.gemini.GeminiDialect;
import dev.serai.adapters.dialects.ollama.OllamaDialect;
import dev.serai.adapters.dialects.openai.OpenAiDialect;
import dev.serai.adapters.dialects.pairs.Client;
import dev.serai.adapters.dialects.responses.ResponsesDialect;
import dev.serai.core.dialect.Dialect;

/**
 * Any bytes at all, as a client's request and as a provider's answer. In the ordinary run the seeds
 * are tried; docs/development.md says how to search on. The first byte of what may be cut says
 * where: so that a file is a whole case.
 */
class TranslationFuzzTest {
  private static int cut(byte[] bytes) {
    return bytes.length == 0 ? 0 : (bytes[0] & 0xFF) * bytes.length / 256;
  }

  private static void both(Dialect dialect, byte[] bytes) {
    Targets.respond(dialect, bytes);
    Targets.stream(dialect, bytes, cut(bytes));
  }

  @FuzzTest
  void serverSentEvents(byte[] bytes) {
    Targets.events(bytes, cut(bytes));
  }

  @FuzzTest
  void openAiRequest(byte[] bytes) {
    Targets.request(Client.OPENAI, bytes);
  }

  @FuzzTest
  void responsesRequest(byte[] bytes) {
    Targets.request(Client.RESPONSES, bytes);
  }

  @FuzzTest
  void anthropicRequest(byte[] bytes) {
    Targets.request(Client.ANTHROPIC, bytes);
  }

  @FuzzTest
  void geminiRequest(byte[] bytes) {
    Targets.request(Client.GEMINI, bytes);
  }

  @FuzzTest
  void ollamaRequest(byte[] bytes) {
    Targets.request(Client.OLLAMA, bytes);
  }

  @FuzzTest
  void openAiReply(byte[] bytes) {
    both(new OpenAiDialect(), bytes);
  }

  @FuzzTest
  void responsesReply(byte[] bytes) {
    both(new ResponsesDialect(), bytes);
  }

  @FuzzTest
  void anthropicReply(byte[] bytes) {
    both(new AnthropicDialect(), bytes);
  }

  /** AWS's event stream too. */
  @FuzzTest
  void bedrockReply(byte[] bytes) {
    both(new BedrockDialect(), bytes);
  }

  @FuzzTest
  void geminiReply(byte[] bytes) {
    both(new GeminiDialect(), bytes);
  }

  @FuzzTest
  void ollamaReply(byte[] bytes) {
    both(new OllamaDialect(), bytes);
  }
}
