package dev.serai.adapters.dialects.openai;

import dev.serai.adapters.dialects.contract.DialectContract;
import dev.serai.core.chat.Conversation;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.request.ChatRequest;
import java.util.Set;

/** OpenAI's dialect, for callers who speak it and for callers who do not. */
class OpenAiContractTest extends DialectContract {
  @Override
  protected Dialect dialect() {
    return new OpenAiDialect();
  }

  @Override
  protected boolean relays() {
    return true;
  }

  @Override
  protected Set<String> quirks(String cassette) {
    return cassette.startsWith("no-done") ? Set.of("no-done") : Set.of();
  }

  /** Requests are spliced for callers of this dialect: that has a test of its own. */
  @Override
  protected ChatRequest received(String cassette, ChatRequest request) {
    return new Foreign(request);
  }

  /** A request that says the same in a dialect nobody knows. */
  private record Foreign(ChatRequest request) implements ChatRequest {
    @Override
    public String dialect() {
      return "foreign";
    }

    @Override
    public byte[] bytes() {
      return request.bytes();
    }

    @Override
    public String model() {
      return request.model();
    }

    @Override
    public boolean streaming() {
      return request.streaming();
    }

    @Override
    public boolean wantsUsage() {
      return request.wantsUsage();
    }

    @Override
    public Conversation conversation() {
      return request.conversation();
    }
  }
}
