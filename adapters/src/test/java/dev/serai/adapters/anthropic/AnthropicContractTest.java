package dev.serai.adapters.anthropic;

import dev.serai.adapters.contract.DialectContract;
import dev.serai.core.port.Dialect;

class AnthropicContractTest extends DialectContract {
  @Override
  protected Dialect dialect() {
    return new Anthropic();
  }

  @Override
  protected boolean relays() {
    return true;
  }
}
