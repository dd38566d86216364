package dev.serai.config;

import dev.serai.config.provider.KnownProvider;
import dev.serai.config.provider.Provider;
import dev.serai.config.read.Node;
import dev.serai.config.state.StateSettings;
import dev.serai.core.secret.KeyForms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reports at the start which settings were found: names only, never a key.
 *
 * @param searched where a settings file was looked for
 * @param file the settings file, if there is one
 * @param models the models file, if there is one
 * @param providers every provider, and why it is on or off
 * @param askedFor names of the providers that the settings file or a variable is about
 * @param keys names of the keys that were found, sorted
 * @param variables names of the environment variables that set something, sorted
 * @param unread names of OpenTelemetry's variables that are set but not supported, sorted
 * @param folder the folder of the operator's own routes
 * @param folderFound whether that folder exists
 * @param aliases model names of the operator's own
 * @param databaseFrom what names the database: a variable, the settings file or the default
 * @param replaced values of the file and variables that have no effect, and by what each is
 *     replaced
 * @param warnings what may be wrong, with its place
 */
public record SettingsReport(
    String searched,
    Optional<Path> file,
    Optional<Path> models,
    List<Provider> providers,
    Set<String> askedFor,
    List<String> keys,
    List<String> variables,
    List<String> unread,
    Path folder,
    boolean folderFound,
    List<String> aliases,
    String databaseFrom,
    List<String> replaced,
    List<String> warnings) {

  public SettingsReport {
    providers = List.copyOf(providers);
    askedFor = Set.copyOf(askedFor);
    keys = List.copyOf(keys);
    variables = List.copyOf(variables);
    unread = List.copyOf(unread);
    aliases = List.copyOf(aliases);
    replaced = List.copyOf(replaced);
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
    Optional<Path> models =
        Settings.files(environment, settings.home()).stream()
            .filter(file -> !file.equals(settings.file().orElse(file.resolve("none"))))
            .findFirst();
    return new SettingsReport(
        SettingsFile.searched(environment, settings.home()),
        settings.file(),
        models,
        settings.available(),
        askedFor(settings, environment),
        keyNames(settings),
        List.copyOf(variables),
        Variables.unread(environment),
        folder,
        Files.isDirectory(folder),
        List.copyOf(settings.models().keySet()),
        databaseFrom(settings, environment),
        settings.replaced(),
        settings.warnings());
  }

  private static Set<String> askedFor(Settings settings, Map<String, String> environment) {
    Set<String> names = new TreeSet<>();
    settings.available().stream()
        .filter(provider -> provider.place().isPresent())
        .forEach(provider -> names.add(provider.name()));
    for (KnownProvider known : KnownProvider.all()) {
      known.askedFor(environment).ifPresent(_ -> names.add(known.name()));
    }
    return names;
  }

  private static String databaseFrom(Settings settings, Map<String, String> environment) {
    Node.Scalar variable = Variables.read(environment).get("state.database_url");
    if (variable != null) {
      return variable.place().key();
    }
    boolean named = !settings.state().databaseUrl().equals(StateSettings.defaults().databaseUrl());
    return named ? "state.database_url" : "the default";
  }

  /** Whether only a variable that other programs read too names the database. */
  public boolean isDatabaseOfOthers() {
    return databaseFrom.equals(Variables.DATABASE);
  }

  private static List<String> keyNames(Settings settings) {
    TreeSet<String> keys = new TreeSet<>();
    settings.available().forEach(p -> p.keyName().ifPresent(keys::add));
    return List.copyOf(keys);
  }

  /** The report for a terminal, one line per finding. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    addFiles(lines);
    addProviders(lines);
    lines.add("provider keys  " + (keys.isEmpty() ? "none" : String.join(", ", keys)));
    lines.add(routesLine());
    notRead(unread).ifPresent(lines::add);
    if (!aliases.isEmpty()) {
      lines.add("aliases    " + KeyForms.redactedText(String.join(", ", aliases)));
    }
    warnings.forEach(warning -> lines.add("warning    " + warning));
    return lines;
  }

  /** The files that are read, one line for each, and where a settings file is looked for. */
  public List<String> fileLines() {
    List<String> lines = new ArrayList<>();
    addFiles(lines);
    lines.add(routesLine());
    return lines;
  }

  private void addFiles(List<String> lines) {
    lines.add(
        "settings   "
            + file.map(Path::toString)
                .orElseGet(() -> "no file, only defaults and variables; " + searched));
    models.ifPresent(path -> lines.add("models     " + path));
    replaced.forEach(what -> lines.add("replaced   " + what));
  }

  private String routesLine() {
    return "routes     " + folder + (folderFound ? "" : " (not there)");
  }

  /** A line that names OpenTelemetry's variables that are set but not supported, if any are. */
  public static Optional<String> unreadLine(Map<String, String> environment) {
    return notRead(Variables.unread(environment));
  }

  private static Optional<String> notRead(List<String> variables) {
    return variables.isEmpty()
        ? Optional.empty()
        : Optional.of("not read   " + String.join(", ", variables) + ": see docs/settings.md");
  }

  /** A line for each provider that is on or asked for; one line for all others. */
  private void addProviders(List<String> lines) {
    List<String> others = new ArrayList<>();
    for (Provider provider : providers) {
      if (provider.enabled() || askedFor.contains(provider.name())) {
        lines.add(line(provider));
      } else {
        others.add(provider.name());
      }
    }
    if (!others.isEmpty()) {
      String names = KeyForms.redactedText(String.join(", ", others));
      lines.add("off        " + names + "; see docs/providers.md");
    }
  }

  private static String line(Provider provider) {
    String state = provider.enabled() ? "on " : "off";
    String place =
        provider.enabled() ? "" : provider.place().map(at -> " (" + at.shown() + ")").orElse("");
    String name = KeyForms.redactedText(provider.name());
    return "provider   " + state + " " + name + ": " + provider.why() + place;
  }
}
