package dev.serai.gateway.reload;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.component.direct.DirectConsumer;

/**
 * Camel's {@code direct:} with one more word: a name can be led to another name. So a route can be
 * replaced while it serves: the new one starts beside the old under a name of its own, the name
 * that callers use is led to it, and the old one ends what it has begun. Thread-safe.
 */
public final class SwapDirectComponent extends DirectComponent {
  private final Map<String, String> led = new ConcurrentHashMap<>();

  /** From now on, whoever calls {@code direct:name} reaches the consumer of {@code direct:to}. */
  void lead(String name, String to) {
    led.put(key(name), key(to));
    forgetCached();
  }

  /** The name stands for itself again. */
  void release(String name) {
    led.remove(key(name));
    forgetCached();
  }

  @Override
  protected DirectConsumer getConsumer(String key, boolean block, long timeout)
      throws InterruptedException {
    return super.getConsumer(led.getOrDefault(key, key), block, timeout);
  }

  /** Producers keep their consumer until the component changes: a removal of nobody is a change. */
  private void forgetCached() {
    removeConsumer("", null);
  }

  private static String key(String name) {
    return "direct://" + name;
  }
}
