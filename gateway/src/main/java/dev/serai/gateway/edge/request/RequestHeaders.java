package dev.serai.gateway.edge.request;

import dev.serai.core.http.Headers;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Shows the decoded header fields as {@link Headers}. Immutable once decoded. */
record RequestHeaders(HttpHeaders decoded) implements Headers {
  @Override
  public Optional<String> first(String name) {
    return Optional.ofNullable(decoded.get(name));
  }

  @Override
  public void forEach(BiConsumer<String, String> visitor) {
    Iterator<Map.Entry<CharSequence, CharSequence>> fields = decoded.iteratorCharSequence();
    while (fields.hasNext()) {
      Map.Entry<CharSequence, CharSequence> field = fields.next();
      visitor.accept(field.getKey().toString(), field.getValue().toString());
    }
  }

  /** Only the names: values may be secrets. */
  @Override
  public String toString() {
    return decoded.names().toString();
  }
}
