package dev.serai.adapters.ollama;

import dev.serai.adapters.contract.DialectContract;
import dev.serai.core.port.Dialect;
import java.util.Set;

class OllamaContractTest extends DialectContract {
  @Override
  protected Dialect dialect() {
    return new Ollama();
  }

  @Override
  protected Set<String> unsayable() {
    return Set.of("refusal", "usage-with-cache");
  }
}
