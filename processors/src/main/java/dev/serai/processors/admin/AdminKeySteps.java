package dev.serai.processors.admin;

import dev.serai.core.keys.KeyRequestReader;
import dev.serai.core.keys.KeyStore;
import dev.serai.core.keys.LastKey;
import dev.serai.processors.support.EventLoops;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.camel.Processor;

/** Makes the steps of the admin API for keys. Immutable; the steps are thread-safe. */
public final class AdminKeySteps {
  private final KeyStore store;
  private final KeyRequestReader reader;
  private final InstantSource clock;
  private final BooleanSupplier others;
  private final Supplier<LastKey> last;
  private final EventLoops loops;

  /**
   * @param others whether a key that is not stored manages keys
   * @param last whether there is any key that is not stored
   */
  public AdminKeySteps(
      KeyStore store,
      KeyRequestReader reader,
      InstantSource clock,
      BooleanSupplier others,
      Supplier<LastKey> last,
      EventLoops loops) {
    this.store = store;
    this.reader = reader;
    this.clock = clock;
    this.others = others;
    this.last = last;
    this.loops = loops;
  }

  /** The steps by the name that routes use. */
  public Map<String, Processor> byName() {
    return Map.of(
        "list-admin-keys", new ListAdminKeys(store, loops),
        "create-admin-key", new CreateAdminKey(store, reader, clock, loops),
        "delete-admin-key", new DeleteAdminKey(store, clock, others, last, loops));
  }
}
