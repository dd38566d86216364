package dev.serai.adapters.responses;

import dev.serai.adapters.contract.DialectContract;
import dev.serai.core.port.Dialect;

/** OpenAI's Responses as a provider speaks them, for callers of chat completions. */
class ResponsesContractTest extends DialectContract {
  @Override
  protected Dialect dialect() {
    return new ResponsesDialect();
  }
}
