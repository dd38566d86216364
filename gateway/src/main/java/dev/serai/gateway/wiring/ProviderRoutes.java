package dev.serai.gateway.wiring;

import dev.serai.config.Settings;
import dev.serai.config.provider.KnownProvider;
import dev.serai.config.provider.ModelSettings;
import dev.serai.config.provider.Provider;
import dev.serai.core.provider.ProviderProfile;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Passes the providers of the settings to routes: as properties for the providers that have a file
 * in {@code routes/adapters}, and as a generated route of the same form for all others.
 * Thread-safe.
 */
public final class ProviderRoutes {
  private static final String ROUTE =
      """
      - route:
          id: adapter-$name
          description: Provider $name of the settings
          from:
            uri: direct:adapter-$name
            steps:
              - to:
                  uri: kamelet:$kamelet
      """;

  /** The parameters of every kamelet but that of personas, which has none. */
  private static final String PARAMETERS =
      """
                  parameters:
                    provider: $name
                    baseUrl: "{{provider.$name.baseUrl}}"
                    keyName: "{{provider.$name.keyName}}"
                    quirks: "{{provider.$name.quirks}}"
                    models: "{{provider.$name.models}}"
      """;

  /** A further parameter, which only the Bedrock kamelet has. */
  private static final String MODELS_URL =
      """
                    modelsUrl: "{{provider.$name.modelsUrl}}"
      """;

  private ProviderRoutes() {}

  /** {@code provider.<name>.enabled}, {@code .baseUrl}, {@code .quirks} and so on. */
  public static Map<String, String> properties(Settings settings) {
    Map<String, String> properties = new LinkedHashMap<>();
    for (Provider provider : settings.available()) {
      String prefix = "provider." + provider.name() + ".";
      properties.put(prefix + "enabled", Boolean.toString(provider.enabled() && hasFile(provider)));
      properties.put(prefix + "baseUrl", provider.baseUrl().orElse(""));
      properties.put(prefix + "modelsUrl", provider.modelsUrl().orElse(""));
      properties.put(prefix + "keyName", provider.keyName().orElse(""));
      properties.put(prefix + "quirks", String.join(",", provider.quirks()));
      properties.put(
          prefix + "models",
          provider.models().stream().map(ModelSettings::name).collect(Collectors.joining(",")));
    }
    return properties;
  }

  /** Names of providers that are served otherwise, or no longer, with the other settings. */
  static Set<String> changed(Settings before, Settings fresh) {
    Set<ProviderProfile> same = profiles(before);
    same.retainAll(profiles(fresh));
    Set<String> changed = new TreeSet<>();
    Stream.of(before, fresh)
        .flatMap(settings -> profiles(settings).stream())
        .filter(profile -> !same.contains(profile))
        .forEach(profile -> changed.add(profile.name()));
    return changed;
  }

  private static Set<ProviderProfile> profiles(Settings settings) {
    Set<ProviderProfile> profiles = new HashSet<>();
    settings.enabledProviders().forEach(provider -> profiles.add(provider.profile()));
    return profiles;
  }

  /** The enabled providers that have no file in {@code routes/adapters}. */
  static List<Provider> withoutFile(Settings settings) {
    return settings.enabledProviders().stream().filter(provider -> !hasFile(provider)).toList();
  }

  /** Whether a file in {@code routes/adapters} serves it. */
  static boolean hasFile(Provider provider) {
    return KnownProvider.find(provider.name())
        .filter(known -> known.kind() == provider.kind())
        .isPresent();
  }

  /**
   * The YAML of a provider's route. The settings have checked the name; every other value that an
   * operator wrote is a property.
   */
  static String yaml(Provider provider) {
    String parameters =
        switch (provider.kind()) {
          case PERSONA -> "";
          case BEDROCK -> PARAMETERS + MODELS_URL;
          default -> PARAMETERS;
        };
    return (ROUTE + parameters)
        .replace("$name", provider.name())
        .replace("$kamelet", provider.kind().kamelet());
  }
}
