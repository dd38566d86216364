package dev.serai.core.request;

import dev.serai.core.http.HeaderFields;
import java.util.Optional;

/**
 * A request that no dialect translates: it goes to a provider of the caller's own dialect as it is,
 * but for the model's name.
 */
public non-sealed interface RelayRequest extends ModelRequest {
  /** The HTTP method. */
  String method();

  /** Below the root of the API, percent-encoded, with its query: {@code /files?limit=2}. */
  String path();

  /** The caller's header fields that are the provider's business. A copy of its own every time. */
  HeaderFields headers();

  /** The provider that the caller named with the model. */
  Optional<String> provider();

  /** The caller's bytes with the model's name replaced; the same array if the name is the same. */
  byte[] bytesFor(String model);
}
