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
 * Replaces Camel's {@code direct:} component by one that takes no lock and can redirect a name.
 *
 * <p>A route is replaced while it serves in three steps: the new route starts under a name of its
 * own, the name that callers use is redirected to it, and the old route finishes the exchanges that
 * it has. Camel's own producer looks up its consumer under a lock after any route was added or
 * removed, so that event loops would wait for each other. Thread-safe.
 */
public final class InlineDirectComponent extends DirectComponent {
  private final RouteEntries entries = new RouteEntries();
  private final ConcurrentMap<String, String> redirects = new ConcurrentHashMap<>();

  /** From now on calls of {@code direct:name} reach the route from {@code direct:to}. */
  public void redirect(String name, String to) {
    redirects.put(key(name), key(to));
  }

  /** Removes the redirection of a name, unless it leads elsewhere by now. */
  public void removeRedirect(String name, String to) {
    redirects.remove(key(name), key(to));
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    Endpoint endpoint = new InlineDirectEndpoint(uri, remaining);
    setProperties(endpoint, parameters);
    return endpoint;
  }

  @Override
  public void addConsumer(String key, DirectConsumer consumer) {
    super.addConsumer(key, consumer);
    entries.add(key, consumer.getAsyncProcessor());
  }

  @Override
  public void removeConsumer(String key, DirectConsumer consumer) {
    entries.remove(key, consumer.getAsyncProcessor());
    super.removeConsumer(key, consumer);
  }

  private @Nullable AsyncProcessor find(String key) {
    return entries.find(redirects.getOrDefault(key, key));
  }

  private static String key(String name) {
    return "direct://" + name;
  }

  /** A {@code direct:} endpoint whose producer is an {@link InlineProducer}. */
  private final class InlineDirectEndpoint extends DirectEndpoint {
    private final String key;

    InlineDirectEndpoint(String uri, String name) {
      super(uri, InlineDirectComponent.this);
      this.key = key(name);
    }

    @Override
    public Producer createProducer() {
      return new InlineProducer(this, () -> find(key));
    }
  }
}
