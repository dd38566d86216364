package dev.serai.config.upstream;

import dev.serai.config.annotation.Secret;
import dev.serai.config.read.ListFaults;
import dev.serai.core.net.AddressRange;
import dev.serai.core.net.ProxyUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Proxies between Serai and the providers. The addresses are secrets: they may hold a password.
 *
 * @param https the proxy for providers with https, as {@code http://[user:password@]host[:port]}
 * @param http the proxy for providers with plain http, in the same form
 * @param noProxy hosts that are reached directly: names, which include their subdomains, IP
 *     addresses, ranges of them such as 10.0.0.0/8, or * for all
 */
public record ProxySettings(Optional<Secret> https, Optional<Secret> http, List<String> noProxy) {

  /**
   * @throws IllegalArgumentException if an address has another form, with a line for each mistake
   */
  public ProxySettings {
    noProxy = List.copyOf(noProxy);
    List<String> faults = new ArrayList<>();
    https.flatMap(ProxySettings::fault).ifPresent(why -> faults.add("https " + why));
    http.flatMap(ProxySettings::fault).ifPresent(why -> faults.add("http " + why));
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", faults));
    }
    ListFaults.check("noProxy", noProxy, ProxySettings::fault);
  }

  private static Optional<String> fault(Secret address) {
    try {
      ProxyUrl.parse(address.reveal());
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static Optional<String> fault(String entry) {
    if (entry.indexOf('/') < 0) {
      return Optional.empty();
    }
    try {
      AddressRange.parse(entry.strip());
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** No proxy. */
  public static ProxySettings defaults() {
    return new ProxySettings(Optional.empty(), Optional.empty(), List.of());
  }
}
