package dev.serai.core.request;

import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Upload;
import java.util.Optional;

/**
 * A request that no dialect translates: it is forwarded unchanged, except for the model's name, to
 * a provider that speaks the caller's dialect. Immutable but for its upload, which can be read
 * once.
 */
public non-sealed interface RelayRequest extends ModelRequest {
  /** The HTTP method. */
  String method();

  /** Below the root of the API, percent-encoded, with its query: {@code /files?limit=2}. */
  String path();

  /** The caller's header fields that are forwarded to the provider, as a new copy. */
  HeaderFields headers();

  /** The provider that the caller named with the model. */
  Optional<String> provider();

  /** The caller's bytes with the model's name replaced; the same array if the name is the same. */
  byte[] bytesFor(String model);

  /** A form that is read while it is sent, with the model's name replaced; empty for any other. */
  default Optional<Upload> uploadFor(String model) {
    return Optional.empty();
  }
}
