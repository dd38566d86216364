package dev.serai.gateway.wiring;

import dev.serai.config.Settings;
import dev.serai.config.provider.KnownProvider;
import dev.serai.config.provider.ModelSettings;
import dev.serai.config.provider.Provider;
import dev.serai.config.provider.ProviderKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Passes the providers of the settings to routes: as properties for the providers that have a file
 * in {@code routes/adapters}, and as a generated route of the same form for all others.
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
                  parameters:
                    provider: $name
                    baseUrl: "{{provider.$name.baseUrl}}"
                    keyName: "{{provider.$name.keyName}}"
                    quirks: "{{provider.$name.quirks}}"
                    models: "{{provider.$name.models}}"
      """;

  /** One more parameter, which only the Bedrock kamelet has. */
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

  /** Generated YAML by the name that stands for its file in messages. */
  static Map<String, String> of(Settings settings) {
    Map<String, String> routes = new LinkedHashMap<>();
    for (Provider provider : settings.enabledProviders()) {
      if (!hasFile(provider)) {
        routes.put("settings:providers." + provider.name(), route(provider));
      }
    }
    return routes;
  }

  private static boolean hasFile(Provider provider) {
    return KnownProvider.find(provider.name())
        .filter(known -> known.kind() == provider.kind())
        .isPresent();
  }

  /** The settings have checked the name; every other value an operator wrote is a property. */
  private static String route(Provider provider) {
    String route = provider.kind() == ProviderKind.BEDROCK ? ROUTE + MODELS_URL : ROUTE;
    return route.replace("$name", provider.name()).replace("$kamelet", provider.kind().kamelet());
  }
}
