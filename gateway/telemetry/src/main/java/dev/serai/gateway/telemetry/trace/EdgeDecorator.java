package dev.serai.gateway.telemetry.trace;

import dev.serai.core.http.Headers;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.tracing.ExtractAdapter;
import org.apache.camel.tracing.SpanKind;
import org.apache.camel.tracing.decorators.AbstractSpanDecorator;
import org.jspecify.annotations.Nullable;

/** Lets Camel's tracer read the trace context from the headers of a request. For one request. */
final class EdgeDecorator extends AbstractSpanDecorator {
  private final Headers headers;

  EdgeDecorator(Headers headers) {
    this.headers = headers;
  }

  @Override
  public String getComponent() {
    return "netty-http";
  }

  @Override
  public String getComponentClassName() {
    return "org.apache.camel.component.netty.http.NettyHttpComponent";
  }

  @Override
  public SpanKind getReceiverSpanKind() {
    return SpanKind.SPAN_KIND_SERVER;
  }

  @Override
  public ExtractAdapter getExtractAdapter(Map<String, Object> none, boolean encoding) {
    return new ExtractAdapter() {
      @Override
      public Iterator<Map.Entry<String, Object>> iterator() {
        List<Map.Entry<String, Object>> fields = new ArrayList<>();
        headers.forEach((name, value) -> fields.add(Map.entry(name, value)));
        return fields.iterator();
      }

      // Camel expects null for a header that is absent.
      @SuppressWarnings("NullAway")
      @Override
      public @Nullable Object get(String key) {
        return headers.first(key).orElse(null);
      }

      @Override
      public Set<String> keys() {
        return Set.of();
      }
    };
  }
}
