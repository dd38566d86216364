package dev.serai.core.http;

import java.util.List;

/**
 * What a dialect wants sent to a provider. The network hop adds Host, Content-Length and the path
 * of the provider's base URL.
 *
 * @param path appended to the provider's base URL, starting with '/'
 * @param streaming whether a successful answer is to be handed on as it arrives
 * @param dropped what of the caller's request this dialect cannot say, by the surface's names
 *     ("seed", "logprobs"): reported to the caller, never silent
 * @param slow whether the provider may take as long for the head of its answer as for all of it
 */
public record ProviderRequest(
    String method,
    String path,
    HeaderFields headers,
    byte[] body,
    boolean streaming,
    List<String> dropped,
    boolean slow) {
  public ProviderRequest {
    dropped = List.copyOf(dropped);
  }

  /** A request that is answered about as soon as a model begins to speak. */
  public ProviderRequest(
      String method,
      String path,
      HeaderFields headers,
      byte[] body,
      boolean streaming,
      List<String> dropped) {
    this(method, path, headers, body, streaming, dropped, false);
  }

  /** A request that says all that the caller said. */
  public ProviderRequest(
      String method, String path, HeaderFields headers, byte[] body, boolean streaming) {
    this(method, path, headers, body, streaming, List.of());
  }

  /** Without header values and body: both may hold secrets. */
  @Override
  public String toString() {
    return method + " " + path + " " + headers + " (" + body.length + " bytes)";
  }
}
