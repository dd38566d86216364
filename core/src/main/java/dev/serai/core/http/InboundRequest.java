package dev.serai.core.http;

import dev.serai.core.http.form.FormScanner;
import java.util.Optional;

/**
 * A request as the edge received it: whole, or a large form of which the beginning has arrived.
 *
 * @param path without the query, percent-encoded as in the request line
 * @param query what follows the path's question mark, percent-encoded; empty if there is none
 * @param body at most the edge's body limit; the array belongs to the holder of the request. Empty
 *     for a form that is still arriving
 * @param form the form that is still arriving
 */
public record InboundRequest(
    String method,
    String path,
    String query,
    Headers headers,
    byte[] body,
    Optional<ArrivingForm> form) {

  /**
   * A form that is read while it is forwarded.
   *
   * @param parts the short parts that have arrived
   * @param upload all bytes of the form
   */
  public record ArrivingForm(FormScanner parts, Upload upload) {}

  /** A whole request. */
  public InboundRequest(String method, String path, String query, Headers headers, byte[] body) {
    this(method, path, query, headers, body, Optional.empty());
  }

  /** The same request with another body. */
  public InboundRequest with(byte[] other) {
    return new InboundRequest(method, path, query, headers, other, form);
  }

  /** The same request with other header fields. */
  public InboundRequest with(Headers other) {
    return new InboundRequest(method, path, query, other, body, form);
  }

  /** Without query, header values and body: all may hold secrets. */
  @Override
  public String toString() {
    return method + " " + path + " (" + body.length + " bytes)";
  }
}
