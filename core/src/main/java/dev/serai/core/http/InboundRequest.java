package dev.serai.core.http;

/**
 * A request as the edge received it, whole.
 *
 * @param path without the query, percent-encoded as in the request line
 * @param query what follows the path's question mark, percent-encoded; empty if there is none
 * @param body at most the edge's body limit; the array belongs to the holder of the request
 */
public record InboundRequest(
    String method, String path, String query, Headers headers, byte[] body) {
  /** Without query, header values and body: all may hold secrets. */
  @Override
  public String toString() {
    return method + " " + path + " (" + body.length + " bytes)";
  }
}
