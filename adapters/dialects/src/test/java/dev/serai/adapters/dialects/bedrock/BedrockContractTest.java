package dev.serai.adapters.dialects.bedrock;

import dev.serai.adapters.dialects.contract.DialectContract;
import dev.serai.core.dialect.Dialect;

class BedrockContractTest extends DialectContract {
  @Override
  protected Dialect dialect() {
    return new BedrockDialect();
  }
}
