package dev.serai.adapters.dialects.gemini;

import dev.serai.adapters.dialects.contract.DialectContract;
import dev.serai.core.dialect.Dialect;

class GeminiContractTest extends DialectContract {
  @Override
  protected Dialect dialect() {
    return new GeminiDialect();
  }

  @Override
  protected boolean relays() {
    return true;
  }
}
