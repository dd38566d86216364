package dev.serai.processors.keys;

import dev.serai.core.keys.KeyRequestReader;
import dev.serai.core.keys.KeyStore;
import dev.serai.processors.support.EventLoops;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.camel.Processor;

/** Makes the steps that manage API keys. The steps are thread-safe. */
public final class KeySteps {
  private KeySteps() {}

  /**
   * What the steps need.
   *
   * @param unserved a sentence about each entry of an allow-list of models that no provider serves
   */
  public record Parts(
      KeyStore store,
      KeyRequestReader reader,
      InstantSource clock,
      Function<List<String>, List<String>> unserved) {}

  /** The steps by the name that routes use. */
  public static Map<String, Processor> of(Parts parts, EventLoops loops) {
    KeyStore store = parts.store();
    return Map.of(
        "list-keys", new ListKeys(store, loops),
        "create-key", new CreateKey(parts, loops),
        "show-key", new ShowKey(new ManagedKeys(store), loops),
        "change-key", new ChangeKey(parts, loops),
        "rotate-key", new RotateKey(store, parts.reader(), loops),
        "delete-key", new DeleteKey(store, loops));
  }
}
