package dev.serai.adapters.dialects.openai;

import dev.serai.adapters.dialects.contract.DialectContract;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.request.ChatRequest;

/** The contract of OpenAI's dialect, for clients that speak it and clients that do not. */
class OpenAiContractTest extends DialectContract {
  @Override
  protected Dialect dialect() {
    return new OpenAiDialect();
  }

  @Override
  protected boolean relays() {
    return true;
  }

  /** Requests of this dialect's clients are spliced, which has a test of its own. */
  @Override
  protected ChatRequest received(String cassette, ChatRequest request) {
    return new ForeignRequest(request);
  }
}
