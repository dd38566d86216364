package dev.serai.adapters.bedrock;

import dev.serai.adapters.contract.DialectContract;
import dev.serai.core.port.Dialect;

class BedrockContractTest extends DialectContract {
  @Override
  protected Dialect dialect() {
    return new Bedrock();
  }
}
