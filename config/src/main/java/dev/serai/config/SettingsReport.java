package dev.serai.config;

import dev.serai.config.provider.Provider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Reports at the start which settings were found: names only, never a key.
 *
 * @param file the settings file, if there is one
 * @param providers every provider, and why it is on or off
 * @param keys names of the keys that were found, sorted
 * @param variables names of the environment variables that set something, sorted
 * @param unread names of OpenTelemetry's variables that are set but not supported, sorted
 * @param folder the folder of the operator's own routes
 * @param folderFound whether that folder exists
 * @param aliases model names of the operator's own
 * @param warnings what may be wrong, with its place
 */
public record SettingsReport(
    Optional<Path> file,
    List<Provider> providers,
    List<String> keys,
    List<String> variables,
    List<String> unread,
    Path folder,
    boolean folderFound,
    List<String> aliases,
    List<String> warnings) {

  public SettingsReport {
    providers = List.copyOf(providers);
    keys = List.copyOf(keys);
    variables = List.copyOf(variables);
    unread = List.copyOf(unread);
    aliases = List.copyOf(aliases);
    warnings = List.copyOf(warnings);
  }

  /**
   * Collects the report.
   *
   * @param environment as {@link System#getenv()}
   */
  public static SettingsReport of(Settings settings, Map<String, String> environment) {
    TreeSet<String> variables = new TreeSet<>();
    Variables.read(environment).values().forEach(value -> variables.add(value.place().key()));
    Path folder = settings.routes().folder();
    return new SettingsReport(
        settings.file(),
        settings.available(),
        keyNames(settings),
        List.copyOf(variables),
        Variables.unread(environment),
        folder,
        Files.isDirectory(folder),
        List.copyOf(settings.models().keySet()),
        settings.warnings());
  }

  private static List<String> keyNames(Settings settings) {
    TreeSet<String> keys = new TreeSet<>();
    settings.available().forEach(p -> p.keyName().ifPresent(keys::add));
    return List.copyOf(keys);
  }

  /** The report for a terminal, one line per finding. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("settings   " + file.map(Path::toString).orElse("no file; defaults and variables"));
    providers.forEach(provider -> lines.add(line(provider)));
    lines.add("keys       " + (keys.isEmpty() ? "none" : String.join(", ", keys)));
    lines.add("routes     " + folder + (folderFound ? "" : " (not there)"));
    if (!unread.isEmpty()) {
      lines.add("not read   " + String.join(", ", unread) + ": see docs/settings.md");
    }
    if (!aliases.isEmpty()) {
      lines.add("aliases    " + String.join(", ", aliases));
    }
    warnings.forEach(warning -> lines.add("warning    " + warning));
    return lines;
  }

  private static String line(Provider provider) {
    String state = provider.enabled() ? "on " : "off";
    return "provider   " + state + " " + provider.name() + ": " + provider.why();
  }
}
