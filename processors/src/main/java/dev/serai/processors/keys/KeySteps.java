package dev.serai.processors.keys;

import dev.serai.core.keys.KeyRequestReader;
import dev.serai.core.keys.KeyStore;
import dev.serai.core.keys.LastKey;
import dev.serai.processors.support.EventLoops;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.Processor;

/** Makes the steps that manage API keys. Immutable; the steps are thread-safe. */
public final class KeySteps {
  private final KeyStore store;
  private final KeyRequestReader reader;
  private final InstantSource clock;
  private final Function<List<String>, List<String>> unserved;
  private final Supplier<LastKey> last;
  private final EventLoops loops;

  /**
   * @param unserved a sentence about each entry of an allow-list of models that no provider serves
   * @param last says what follows when no key works any more
   */
  public KeySteps(
      KeyStore store,
      KeyRequestReader reader,
      InstantSource clock,
      Function<List<String>, List<String>> unserved,
      Supplier<LastKey> last,
      EventLoops loops) {
    this.store = store;
    this.reader = reader;
    this.clock = clock;
    this.unserved = unserved;
    this.last = last;
    this.loops = loops;
  }

  /** The steps by the name that routes use. */
  public Map<String, Processor> byName() {
    return Map.of(
        "list-keys", new ListKeys(store, loops),
        "create-key", new CreateKey(store, reader, clock, unserved, loops),
        "show-key", new ShowKey(new ManagedKeys(store), loops),
        "change-key", new ChangeKey(store, reader, clock, unserved, last, loops),
        "rotate-key", new RotateKey(store, reader, loops),
        "delete-key", new DeleteKey(store, clock, last, loops));
  }
}
