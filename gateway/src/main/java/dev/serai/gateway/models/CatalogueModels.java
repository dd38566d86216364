package dev.serai.gateway.models;

import dev.serai.config.Settings;
import dev.serai.config.catalogue.SettingsCatalogue;
import dev.serai.config.check.KnownModels;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.routing.Candidate;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The models of a catalogue, for checks of the names in settings and keys. Thread-safe. */
public final class CatalogueModels implements KnownModels {
  /** A folder without files. */
  private static final Path NOWHERE = Path.of("/nonexistent/serai");

  private final Supplier<? extends ModelCatalogue> catalogue;

  /**
   * @param catalogue is asked anew for each name
   */
  public CatalogueModels(Supplier<? extends ModelCatalogue> catalogue) {
    this.catalogue = catalogue;
  }

  /** The models of the providers that Serai knows, without settings. */
  public static KnownModels builtIn() {
    return new CatalogueModels(() -> BuiltIn.CATALOGUE);
  }

  /** Made when a name is checked first, since its data takes some milliseconds to read. */
  private static final class BuiltIn {
    static final ModelCatalogue CATALOGUE =
        new SettingsCatalogue(Settings.load(Map.of(), NOWHERE), InstantSource.system());
  }

  @Override
  public Optional<Set<String>> providersOf(String model) {
    return catalogue
        .get()
        .find(model)
        .map(
            route -> {
              Set<String> names = new LinkedHashSet<>();
              route.candidates().stream().map(Candidate::provider).forEach(names::add);
              return names;
            });
  }

  @Override
  public Collection<String> modelsOf(String provider) {
    return catalogue.get().modelsOf(provider);
  }
}
