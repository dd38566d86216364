package dev.serai.gateway.direct;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Endpoint;
import org.apache.camel.Producer;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.component.direct.DirectConsumer;
import org.apache.camel.component.direct.DirectEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * Camel's {@code direct:} without its lock, and with one more word: a name can be led to another
 * name. So a route can be replaced while it serves: the new one starts beside the old under a name
 * of its own, the name that callers use is led to it, and the old one ends what it has begun.
 * Camel's own producer looks its route up under a lock whenever any route came or went, so that
 * event loops would wait for each other. Thread-safe.
 */
public final class InlineDirectComponent extends DirectComponent {
  private final RouteEntries doorways = new RouteEntries();
  private final ConcurrentMap<String, String> led = new ConcurrentHashMap<>();

  /** From now on, whoever calls {@code direct:name} reaches the route from {@code direct:to}. */
  public void lead(String name, String to) {
    led.put(key(name), key(to));
  }

  /** The name stands for itself again. */
  public void release(String name) {
    led.remove(key(name));
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    Endpoint endpoint = new Called(uri, remaining);
    setProperties(endpoint, parameters);
    return endpoint;
  }

  @Override
  public void addConsumer(String key, DirectConsumer consumer) {
    super.addConsumer(key, consumer);
    doorways.open(key, consumer.getAsyncProcessor());
  }

  @Override
  public void removeConsumer(String key, DirectConsumer consumer) {
    doorways.close(key, consumer.getAsyncProcessor());
    super.removeConsumer(key, consumer);
  }

  private @Nullable AsyncProcessor find(String key) {
    return doorways.find(led.getOrDefault(key, key));
  }

  private static String key(String name) {
    return "direct://" + name;
  }

  /** A {@code direct:} as routes call it. */
  private final class Called extends DirectEndpoint {
    private final String key;

    Called(String uri, String name) {
      super(uri, InlineDirectComponent.this);
      this.key = key(name);
    }

    @Override
    public Producer createProducer() {
      return new InlineProducer(this, () -> find(key));
    }
  }
}
