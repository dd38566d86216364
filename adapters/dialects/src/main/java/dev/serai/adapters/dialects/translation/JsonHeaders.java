package dev.serai.adapters.dialects.translation;

import dev.serai.core.dialect.Destination;
import dev.serai.core.http.HeaderFields;

/** Makes the header fields of requests to providers whose body is JSON. Stateless. */
public final class JsonHeaders {
  private static final String JSON = "application/json";

  private JsonHeaders() {}

  /** The fields of a request with a non-streaming reply, which is JSON. */
  public static HeaderFields whole() {
    return accepting(JSON);
  }

  /**
   * The fields of a request.
   *
   * @param streamType the media type of a streamed reply; any other is JSON
   */
  public static HeaderFields of(boolean streaming, String streamType) {
    return accepting(streaming ? streamType : JSON);
  }

  /** The fields of a request with a streamed reply of server-sent events, or with JSON. */
  public static HeaderFields of(boolean streaming) {
    return of(streaming, "text/event-stream");
  }

  private static HeaderFields accepting(String type) {
    return new HeaderFields().add("content-type", JSON).add("accept", type);
  }

  /** Adds the provider's key, if it has one, as a bearer token (RFC 6750, section 2.1). */
  public static HeaderFields withBearer(HeaderFields headers, Destination destination) {
    destination.key().ifPresent(key -> headers.add("authorization", "Bearer " + key));
    return headers;
  }
}
