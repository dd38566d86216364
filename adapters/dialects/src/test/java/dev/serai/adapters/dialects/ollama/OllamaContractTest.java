package dev.serai.adapters.dialects.ollama;

import dev.serai.adapters.dialects.contract.DialectContract;
import dev.serai.core.dialect.Dialect;
import java.util.Set;

class OllamaContractTest extends DialectContract {
  @Override
  protected Dialect dialect() {
    return new OllamaDialect();
  }

  @Override
  protected Set<String> unsayable() {
    return Set.of("refusal", "usage-with-cache");
  }
}
