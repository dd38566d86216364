package dev.serai.adapters.dialects.responses;

import dev.serai.adapters.dialects.contract.DialectContract;
import dev.serai.core.dialect.Dialect;

/** The contract of the Responses dialect, for clients of chat completions. */
class ResponsesContractTest extends DialectContract {
  @Override
  protected Dialect dialect() {
    return new ResponsesDialect();
  }
}
