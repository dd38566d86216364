package dev.serai.gateway;

import dev.serai.config.Settings;
import dev.serai.config.catalogue.SettingsCatalogue;
import dev.serai.config.check.FileCheck;
import dev.serai.config.provider.Provider;
import dev.serai.config.read.Names;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds entries of an allow-list of models that no provider of the settings serves: they are
 * probably misspelt. Immutable.
 */
final class UnservedModels {
  private final SettingsCatalogue catalogue;
  private final Set<String> providers;

  UnservedModels(Settings settings, InstantSource clock) {
    catalogue = new SettingsCatalogue(settings, clock);
    providers = new TreeSet<>(FileCheck.providers(settings.routes().folder()));
    settings.enabledProviders().stream().map(Provider::name).forEach(providers::add);
  }

  /** A sentence about each entry that nothing serves. */
  List<String> warnings(Collection<String> entries) {
    return entries.stream().map(this::warning).flatMap(Optional::stream).toList();
  }

  private Optional<String> warning(String entry) {
    int slash = entry.indexOf('/');
    if (slash > 0) {
      String provider = entry.substring(0, slash);
      return providers.contains(provider) || provider.contains("*")
          ? Optional.empty()
          : Optional.of(sentence(entry, "no provider '" + provider + "' is on", provider));
    }
    return entry.endsWith("*") || catalogue.find(entry).isPresent()
        ? Optional.empty()
        : Optional.of(sentence(entry, "no alias and no model has that name", entry));
  }

  private String sentence(String entry, String why, String misspelt) {
    Collection<String> known = entry.contains("/") ? providers : catalogue.aliases();
    String meant =
        Names.closestTo(misspelt, known).map(name -> "; did you mean " + name + "?").orElse("");
    return "nothing serves '" + entry + "' with these settings: " + why + meant;
  }
}
