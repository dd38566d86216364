package dev.serai.config.catalogue;

import dev.serai.config.provider.KnownProvider;
import dev.serai.config.provider.Provider;
import dev.serai.config.provider.ProviderKind;
import java.net.URI;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Names the vendor of each provider, as the built-in data names it. Immutable. */
final class VendorNames {
  /** Vendors whose names of models in the built-in data are those of their API. */
  private static final Set<String> LISTED = Set.of("openai", "anthropic", "deepseek");

  private final Map<String, String> byProvider = new HashMap<>();

  VendorNames(Collection<Provider> providers, PriceData data) {
    for (Provider provider : providers) {
      boolean known = !data.models(provider.name()).isEmpty();
      byProvider.put(provider.name(), known ? provider.name() : vendor(provider));
    }
  }

  /** The vendor of a provider; empty if it is not known. */
  String of(String provider) {
    return byProvider.getOrDefault(provider, "");
  }

  /** The vendor whose model names that provider accepts; empty if there is none. */
  String listed(String provider) {
    String vendor = of(provider);
    return LISTED.contains(vendor) ? vendor : "";
  }

  /** The vendor of a provider: by its name, or by its address. */
  private static String vendor(Provider provider) {
    if (KnownProvider.find(provider.name()).isPresent()) {
      return provider.name();
    }
    if (provider.kind() == ProviderKind.BEDROCK) {
      return "bedrock";
    }
    String host = provider.baseUrl().map(VendorNames::host).orElse("");
    return KnownProvider.all().stream()
        .filter(known -> known.keyVariable().isPresent())
        .filter(known -> known.baseUrl().map(VendorNames::host).orElse("-").equals(host))
        .map(KnownProvider::name)
        .findFirst()
        .orElse("");
  }

  private static String host(String url) {
    String host = URI.create(url).getHost();
    return host == null ? "" : host;
  }
}
