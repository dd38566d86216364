package dev.serai.core.http;

/**
 * What a dialect wants sent to a provider. The network hop adds Host, Content-Length and the path
 * of the provider's base URL.
 *
 * @param path appended to the provider's base URL, starting with '/'
 * @param streaming whether a successful answer is to be handed on as it arrives
 */
public record ProviderRequest(
    String method, String path, HeaderFields headers, byte[] body, boolean streaming) {
  /** Without header values and body: both may hold secrets. */
  @Override
  public String toString() {
    return method + " " + path + " " + headers + " (" + body.length + " bytes)";
  }
}
