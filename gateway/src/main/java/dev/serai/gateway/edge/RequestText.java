package dev.serai.gateway.edge;

import dev.serai.core.http.InboundRequest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.TypeConverterRegistry;
import org.apache.camel.support.SimpleTypeConverter;

/**
 * Lets the steps of an operator's own route read a request as what its client sent: {@code ${body}}
 * is the text, and components that take bytes or a stream receive the bytes. Stateless.
 */
final class RequestText {
  private RequestText() {}

  static void addTo(CamelContext context) {
    TypeConverterRegistry known = context.getTypeConverterRegistry();
    add(known, String.class, request -> new String(request.body(), StandardCharsets.UTF_8));
    add(known, byte[].class, InboundRequest::body);
    add(known, InputStream.class, request -> new ByteArrayInputStream(request.body()));
  }

  private static <T> void add(
      TypeConverterRegistry known, Class<T> type, Function<InboundRequest, T> made) {
    known.addTypeConverter(
        type,
        InboundRequest.class,
        new SimpleTypeConverter(false, (_, _, request) -> made.apply((InboundRequest) request)));
  }
}
