package dev.serai.adapters.gemini;

import dev.serai.adapters.contract.DialectContract;
import dev.serai.core.port.Dialect;

class GeminiContractTest extends DialectContract {
  @Override
  protected Dialect dialect() {
    return new Gemini();
  }

  @Override
  protected boolean relays() {
    return true;
  }
}
