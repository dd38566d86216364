package dev.serai.adapters.dialects.anthropic;

import dev.serai.adapters.dialects.contract.DialectContract;
import dev.serai.core.dialect.Dialect;

class AnthropicContractTest extends DialectContract {
  @Override
  protected Dialect dialect() {
    return new AnthropicDialect();
  }

  @Override
  protected boolean relays() {
    return true;
  }
}
