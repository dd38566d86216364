package dev.serai.config;

import dev.serai.config.read.Secret;
import java.util.List;
import java.util.Optional;

/**
 * A proxy between Serai and the providers. The addresses are secrets: they may hold a password.
 *
 * @param https for providers on https, as {@code http://[user:password@]host[:port]}
 * @param http for providers on plain http, in the same form
 * @param noProxy hosts that are reached directly: names with what is below them, addresses, or *
 */
public record ProxySettings(Optional<Secret> https, Optional<Secret> http, List<String> noProxy) {

  public ProxySettings {
    noProxy = List.copyOf(noProxy);
  }

  /** No proxy. */
  public static ProxySettings defaults() {
    return new ProxySettings(Optional.empty(), Optional.empty(), List.of());
  }
}
