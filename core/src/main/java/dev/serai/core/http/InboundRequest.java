package dev.serai.core.http;

/**
 * A request as the edge received it, whole.
 *
 * @param path without the query
 * @param body at most the edge's body limit; the array is owned by whoever holds the request
 */
public record InboundRequest(String method, String path, Headers headers, byte[] body) {
  /** Without header values and body: both may hold secrets. */
  @Override
  public String toString() {
    return method + " " + path + " (" + body.length + " bytes)";
  }
}
