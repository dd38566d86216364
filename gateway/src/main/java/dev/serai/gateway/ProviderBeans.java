package dev.serai.gateway;

import dev.serai.core.key.ProviderKeys;
import dev.serai.core.port.CallListener;
import dev.serai.core.port.Secrets;
import dev.serai.core.time.Ticker;
import dev.serai.processors.chat.KeyVerdicts;
import java.util.ArrayList;
import java.util.List;

/** What is known of the providers while they are used: how their keys stand. */
final class ProviderBeans {
  private final ProviderKeys keys;
  private final KeyVerdicts verdicts;

  ProviderBeans(Secrets secrets, Ticker ticker) {
    keys = new ProviderKeys(secrets::all, ticker);
    verdicts = new KeyVerdicts(keys);
  }

  ProviderKeys keys() {
    return keys;
  }

  KeyVerdicts verdicts() {
    return verdicts;
  }

  /** These listeners and those of the providers. */
  List<CallListener> with(List<CallListener> others) {
    List<CallListener> all = new ArrayList<>(others);
    all.add(verdicts);
    return all;
  }
}
