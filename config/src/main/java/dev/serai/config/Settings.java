package dev.serai.config;

import dev.serai.config.models.ModelFile;
import dev.serai.config.provider.AliasSettings;
import dev.serai.config.provider.Provider;
import dev.serai.config.provider.ProviderSettings;
import dev.serai.config.read.Derived;
import dev.serai.config.read.SettingsException;
import dev.serai.config.state.StateSettings;
import dev.serai.config.telemetry.LogSettings;
import dev.serai.config.telemetry.TracingSettings;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything an operator can set. Immutable. Defaults hold unless the settings file says otherwise;
 * the environment wins over the file, but for a provider's key and address.
 *
 * @param general which model and provider come first
 * @param serai what is done with every call
 * @param server the edge
 * @param upstream the way to every provider
 * @param retry trying again
 * @param log the log
 * @param tracing traces
 * @param console the console
 * @param routes the operator's own routes
 * @param state what is kept
 * @param providers what the file says of providers, by name
 * @param models aliases: model names of the operator's own
 * @param available every provider that Serai knows or the file names, the first to be asked first
 * @param file the settings file, if there is one
 * @param catalogue what the file of models says
 */
public record Settings(
    GeneralSettings general,
    SeraiSettings serai,
    ServerSettings server,
    UpstreamSettings upstream,
    RetrySettings retry,
    LogSettings log,
    TracingSettings tracing,
    ConsoleSettings console,
    RoutesSettings routes,
    StateSettings state,
    Map<String, ProviderSettings> providers,
    Map<String, AliasSettings> models,
    @Derived List<Provider> available,
    @Derived Optional<Path> file,
    @Derived ModelFile catalogue) {

  public Settings {
    providers = Collections.unmodifiableMap(new LinkedHashMap<>(providers));
    models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
    available = List.copyOf(available);
  }

  /** Every default; no provider. */
  public static Settings defaults() {
    return new Settings(
        GeneralSettings.defaults(),
        SeraiSettings.defaults(),
        ServerSettings.defaults(),
        UpstreamSettings.defaults(),
        RetrySettings.defaults(),
        LogSettings.defaults(),
        TracingSettings.defaults(),
        ConsoleSettings.defaults(),
        RoutesSettings.defaults(),
        StateSettings.defaults(),
        Map.of(),
        Map.of(),
        List.of(),
        Optional.empty(),
        ModelFile.defaults());
  }

  /**
   * Reads the settings.
   *
   * @param environment as {@link System#getenv()}
   * @param workingDirectory where relative paths begin
   * @throws SettingsException naming every problem
   */
  public static Settings load(Map<String, String> environment, Path workingDirectory) {
    return new SettingsLoader(environment, workingDirectory).load();
  }

  /** The providers that are offered, the first to be asked first. */
  public List<Provider> enabledProviders() {
    return available.stream().filter(Provider::enabled).toList();
  }
}
