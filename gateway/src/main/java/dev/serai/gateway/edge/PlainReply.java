package dev.serai.gateway.edge;

import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.Reply;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.limit.ByteHold;
import dev.serai.core.limit.ByteLimit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Makes a reply of the body that a route of the operator's own has left, whatever Camel component
 * it comes from:
 *
 * <ul>
 *   <li>text, a number or a boolean: {@code text/plain}
 *   <li>a map or a list: {@code application/json}
 *   <li>bytes, a stream, a file, and what Camel converts to a stream: {@code
 *       application/octet-stream}
 * </ul>
 *
 * <p>The message's header {@code Content-Type} replaces the media type, {@code
 * CamelHttpResponseCode} the status 200; other headers are not sent. Objects of Serai's own, such
 * as a request without a reply, are not replies. Stateless.
 */
final class PlainReply {
  /** The most that is read from a stream. */
  static final int MAX_BYTES = 32 * 1024 * 1024;

  private static final int PIECE = 64 * 1024;
  private static final int MAX_DEPTH = 64;

  private PlainReply() {}

  /** Whether {@link #read} is needed, and may block: not for the bodies that steps leave. */
  static boolean isToRead(Object body) {
    return !(body instanceof Reply || body instanceof byte[] || isText(body) || isJson(body))
        && !body.getClass().getName().startsWith("dev.serai.");
  }

  private static boolean isText(Object body) {
    return body instanceof CharSequence || body instanceof Number || body instanceof Boolean;
  }

  private static boolean isJson(Object body) {
    return body instanceof Map || body instanceof Collection;
  }

  /**
   * Reads the body of a message into bytes. May block.
   *
   * @param memory the limit of the bytes that are held
   * @throws IOException if the stream breaks or is too long
   */
  static void read(Exchange exchange, ByteLimit memory) throws IOException {
    Message message = exchange.getMessage();
    InputStream stream = message.getBody(InputStream.class);
    if (stream != null) {
      try (stream) {
        message.setBody(read(stream, memory));
      }
    }
  }

  private static byte[] read(InputStream stream, ByteLimit memory) throws IOException {
    ByteHold hold = memory.hold();
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      for (byte[] piece = stream.readNBytes(PIECE);
          piece.length > 0;
          piece = stream.readNBytes(PIECE)) {
        bytes.writeBytes(piece);
        if (bytes.size() > MAX_BYTES) {
          throw new IOException("the route's reply is over the limit of " + MAX_BYTES + " bytes");
        }
        if (!hold.resize(2L * bytes.size())) {
          throw ByteLimit.exhausted();
        }
      }
      return bytes.toByteArray();
    } finally {
      hold.release();
    }
  }

  /** The reply of a route, if its body can be one. */
  static Optional<Reply> of(Message message) {
    return switch (message.getBody()) {
      case null -> Optional.empty();
      case InboundRequest _ -> Optional.empty();
      case byte[] bytes -> Optional.of(reply(message, "application/octet-stream", bytes));
      case Object body when isText(body) ->
          Optional.of(reply(message, "text/plain; charset=utf-8", utf8(body)));
      case Object body when isJson(body) ->
          Optional.of(reply(message, "application/json", json(body)));
      default -> Optional.empty();
    };
  }

  private static Reply reply(Message message, String type, byte[] body) {
    String given = message.getHeader(Exchange.CONTENT_TYPE, String.class);
    Integer status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
    HeaderFields fields = new HeaderFields().add("content-type", given == null ? type : given);
    return new Reply.Complete(status == null ? 200 : status, fields, body);
  }

  private static byte[] utf8(Object text) {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] json(Object body) {
    JsonWriter json = new JsonWriter();
    write(json, body, 0);
    return json.bytes();
  }

  private static void write(JsonWriter json, Object value, int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("a route's reply is nested too deeply for JSON");
    }
    switch (value) {
      case null -> json.nullValue();
      case Map<?, ?> map -> {
        json.beginObject();
        map.forEach((name, inner) -> write(json.name(String.valueOf(name)), inner, depth + 1));
        json.endObject();
      }
      case Collection<?> list -> {
        json.beginArray();
        list.forEach(inner -> write(json, inner, depth + 1));
        json.endArray();
      }
      case Boolean flag -> json.value(flag);
      case Integer number -> json.value(number.longValue());
      case Long number -> json.value(number);
      case Double number -> json.value(number);
      case BigDecimal number -> json.value(number);
      default -> json.value(value.toString());
    }
  }
}
