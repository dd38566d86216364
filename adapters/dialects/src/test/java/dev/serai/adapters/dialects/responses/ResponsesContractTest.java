package dev.serai.adapters.dialects.responses;

import dev.serai.adapters.dialects.contract.DialectContract;
import dev.serai.core.dialect.Dialect;

/** OpenAI's Responses as a provider speaks them, for callers of chat completions. */
class ResponsesContractTest extends DialectContract {
  @Override
  protected Dialect dialect() {
    return new ResponsesDialect();
  }
}
