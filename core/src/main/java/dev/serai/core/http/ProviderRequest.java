package dev.serai.core.http;

import dev.serai.core.net.RequestDeadlines;
import java.util.List;
import java.util.Optional;

/**
 * A request as a dialect writes it for a provider. The upstream client adds Host, Content-Length
 * and the path of the provider's base URL. Made by {@link #post}, {@link #get} or {@link
 * #webSocket}, and then changed by the other methods, each of which returns a new request.
 *
 * @param path appended to the provider's base URL, starting with '/'
 * @param wanted the kind of a successful reply
 * @param dropped fields of the caller's request that this dialect cannot express, by the surface's
 *     names ("seed", "logprobs"): reported to the caller, never silent
 * @param slow whether the head of the reply may take as long as the total deadline
 * @param deadlines of the alias or model, which replace those of all providers
 * @param upload the body, if it is read from the client while it is sent; {@code body} is empty
 *     then
 */
public record ProviderRequest(
    String method,
    String path,
    HeaderFields headers,
    byte[] body,
    ReplyKind wanted,
    List<String> dropped,
    boolean slow,
    RequestDeadlines deadlines,
    Optional<Upload> upload) {

  /** How a provider delivers a successful reply. */
  public enum ReplyKind {
    /** In one piece. */
    WHOLE,
    /** As a stream. */
    STREAM,
    /** As the frames of a WebSocket; the upstream client adds the fields of the handshake. */
    WEBSOCKET;

    /** The kind of a reply over HTTP. */
    public static ReplyKind streaming(boolean streams) {
      return streams ? STREAM : WHOLE;
    }
  }

  public ProviderRequest {
    dropped = List.copyOf(dropped);
  }

  /** A request without a body. */
  private static ProviderRequest bodiless(
      String method, String path, HeaderFields headers, ReplyKind wanted) {
    return new ProviderRequest(
        method,
        path,
        headers,
        new byte[0],
        wanted,
        List.of(),
        false,
        RequestDeadlines.NONE,
        Optional.empty());
  }

  public static ProviderRequest get(String path, HeaderFields headers) {
    return bodiless("GET", path, headers, ReplyKind.WHOLE);
  }

  /** The handshake of a WebSocket connection. */
  public static ProviderRequest webSocket(String path, HeaderFields headers) {
    return bodiless("GET", path, headers, ReplyKind.WEBSOCKET);
  }

  /** A POST request with the deadlines of all providers, which drops no field. */
  public static ProviderRequest post(
      String path, HeaderFields headers, byte[] body, ReplyKind wanted) {
    return new ProviderRequest(
        "POST",
        path,
        headers,
        body,
        wanted,
        List.of(),
        false,
        RequestDeadlines.NONE,
        Optional.empty());
  }

  /** Whether a successful reply goes on after its head: as a stream, or a WebSocket. */
  public boolean streaming() {
    return wanted != ReplyKind.WHOLE;
  }

  /** Whether it asks for a WebSocket connection. */
  public boolean webSocket() {
    return wanted == ReplyKind.WEBSOCKET;
  }

  /** The same request with another method. */
  public ProviderRequest withMethod(String other) {
    return other.equals(method)
        ? this
        : new ProviderRequest(other, path, headers, body, wanted, dropped, slow, deadlines, upload);
  }

  /** The same request with another body. */
  public ProviderRequest withBody(byte[] other) {
    return other == body
        ? this
        : new ProviderRequest(
            method, path, headers, other, wanted, dropped, slow, deadlines, upload);
  }

  /** The same request, which drops these fields. */
  public ProviderRequest dropping(List<String> fields) {
    return fields.isEmpty()
        ? this
        : new ProviderRequest(method, path, headers, body, wanted, fields, slow, deadlines, upload);
  }

  /** The same request, whose reply may begin as late as the total deadline. */
  public ProviderRequest slowly() {
    return new ProviderRequest(
        method, path, headers, body, wanted, dropped, true, deadlines, upload);
  }

  /** The same request with deadlines of its own. */
  public ProviderRequest within(RequestDeadlines limits) {
    return new ProviderRequest(method, path, headers, body, wanted, dropped, slow, limits, upload);
  }

  /** The same request at another path. */
  public ProviderRequest withPath(String other) {
    return new ProviderRequest(
        method, other, headers, body, wanted, dropped, slow, deadlines, upload);
  }

  /** The same request with an upload as its body, if there is one. */
  public ProviderRequest sending(Optional<Upload> form) {
    return form.isEmpty()
        ? this
        : new ProviderRequest(method, path, headers, body, wanted, dropped, slow, deadlines, form);
  }

  /** Without header values and body: both may hold secrets. */
  @Override
  public String toString() {
    return method + " " + path + " " + headers + " (" + body.length + " bytes)";
  }
}
