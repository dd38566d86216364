package dev.serai.processors.keys;

import dev.serai.core.keys.KeyRequestReader;
import dev.serai.core.keys.KeyStore;
import dev.serai.processors.support.EventLoops;
import java.time.InstantSource;
import java.util.Map;
import org.apache.camel.Processor;

/** Makes the steps that manage API keys. */
public final class KeySteps {
  private KeySteps() {}

  /** The steps by the name that routes use. */
  public static Map<String, Processor> of(
      KeyStore store, KeyRequestReader reader, InstantSource clock, EventLoops loops) {
    return Map.of(
        "list-keys", new ListKeys(store, loops),
        "create-key", new CreateKey(store, reader, clock, loops),
        "show-key", new ShowKey(new ManagedKeys(store), loops),
        "change-key", new ChangeKey(store, reader, clock, loops),
        "rotate-key", new RotateKey(store, reader, loops),
        "delete-key", new DeleteKey(store, loops));
  }
}
