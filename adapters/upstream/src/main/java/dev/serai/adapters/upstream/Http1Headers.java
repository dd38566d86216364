package dev.serai.adapters.upstream;

import dev.serai.core.http.Headers;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** Shows the header fields of an HTTP/1.1 reply as {@link Headers}. */
record Http1Headers(HttpHeaders received) implements Headers {
  @Override
  public Optional<String> first(String name) {
    return Optional.ofNullable(received.get(name));
  }

  @Override
  public void forEachNamed(Predicate<CharSequence> names, BiConsumer<String, String> visitor) {
    received
        .iteratorCharSequence()
        .forEachRemaining(
            field -> {
              if (names.test(field.getKey())) {
                visitor.accept(field.getKey().toString(), field.getValue().toString());
              }
            });
  }

  @Override
  public void forEach(BiConsumer<String, String> visitor) {
    received.iteratorAsString().forEachRemaining(e -> visitor.accept(e.getKey(), e.getValue()));
  }
}
