package dev.serai.core.http;

import dev.serai.core.net.RequestDeadlines;
import java.util.List;
import java.util.Optional;

/**
 * A request as a dialect writes it for a provider. The upstream client adds Host, Content-Length
 * and the path of the provider's base URL.
 *
 * @param path appended to the provider's base URL, starting with '/'
 * @param streaming whether a successful reply is streamed
 * @param dropped fields of the caller's request that this dialect cannot express, by the surface's
 *     names ("seed", "logprobs"): reported to the caller, never silent
 * @param slow whether the head of the reply may take as long as the total deadline
 * @param deadlines of the alias or model, which replace those of all providers
 * @param webSocket whether it asks for a WebSocket connection; the upstream client adds the fields
 *     of the handshake
 * @param upload the body, if it is read from the client while it is sent; {@code body} is empty
 *     then
 */
public record ProviderRequest(
    String method,
    String path,
    HeaderFields headers,
    byte[] body,
    boolean streaming,
    List<String> dropped,
    boolean slow,
    RequestDeadlines deadlines,
    boolean webSocket,
    Optional<Upload> upload) {
  public ProviderRequest {
    dropped = List.copyOf(dropped);
  }

  /** The handshake of a WebSocket connection. */
  public static ProviderRequest webSocket(String path, HeaderFields headers) {
    RequestDeadlines none = RequestDeadlines.NONE;
    return new ProviderRequest(
        "GET", path, headers, new byte[0], true, List.of(), false, none, true, Optional.empty());
  }

  /** A request with the deadlines of all providers. */
  public ProviderRequest(
      String method,
      String path,
      HeaderFields headers,
      byte[] body,
      boolean streaming,
      List<String> dropped,
      boolean slow) {
    this(
        method,
        path,
        headers,
        body,
        streaming,
        dropped,
        slow,
        RequestDeadlines.NONE,
        false,
        Optional.empty());
  }

  /** A request whose reply begins about when the model does. */
  public ProviderRequest(
      String method,
      String path,
      HeaderFields headers,
      byte[] body,
      boolean streaming,
      List<String> dropped) {
    this(method, path, headers, body, streaming, dropped, false);
  }

  /** A request that drops no field. */
  public ProviderRequest(
      String method, String path, HeaderFields headers, byte[] body, boolean streaming) {
    this(method, path, headers, body, streaming, List.of());
  }

  /** The same request with deadlines of its own. */
  public ProviderRequest within(RequestDeadlines limits) {
    return new ProviderRequest(
        method, path, headers, body, streaming, dropped, slow, limits, webSocket, upload);
  }

  /** The same request at another path. */
  public ProviderRequest withPath(String other) {
    return new ProviderRequest(
        method, other, headers, body, streaming, dropped, slow, deadlines, webSocket, upload);
  }

  /** The same request with an upload as its body, if there is one. */
  public ProviderRequest sending(Optional<Upload> form) {
    return new ProviderRequest(
        method, path, headers, body, streaming, dropped, slow, deadlines, webSocket, form);
  }

  /** Without header values and body: both may hold secrets. */
  @Override
  public String toString() {
    return method + " " + path + " " + headers + " (" + body.length + " bytes)";
  }
}
