package dev.serai.gateway.reload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Reads the kamelets of a folder, each time anew. Thread-safe. */
final class Kamelets {
  private static final String ENDING = ".kamelet.yaml";

  private final Path folder;

  Kamelets(Path folder) {
    this.folder = folder;
  }

  /**
   * What a kamelet takes.
   *
   * @param parameters their names
   * @param required the names of those that it cannot do without
   * @param signs whether it signs requests for which there is no key
   */
  record Kamelet(Set<String> parameters, List<String> required, boolean signs) {
    Kamelet {
      parameters = Set.copyOf(parameters);
      required = List.copyOf(required);
    }
  }

  /**
   * The kamelet of that name; empty if there is none.
   *
   * @throws UncheckedIOException if its file is there and cannot be read
   * @throws RouteFault if its file is nested too deeply or has an alias
   * @throws org.snakeyaml.engine.v2.exceptions.YamlEngineException if its file is not YAML
   */
  Optional<Kamelet> find(String name) {
    try {
      String text = Files.readString(folder.resolve(name + ENDING));
      YamlShape.check(text);
      Object root = new Load(LoadSettings.builder().build()).loadFromString(text);
      Map<?, ?> definition = map(map(root, "spec"), "definition");
      Set<String> names = new TreeSet<>();
      map(definition, "properties").keySet().forEach(key -> names.add(key.toString()));
      List<String> required = new ArrayList<>();
      if (definition.get("required") instanceof List<?> list) {
        list.forEach(each -> required.add(each.toString()));
      }
      return Optional.of(new Kamelet(names, required, text.contains("ref: sign-")));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The names of all kamelets.
   *
   * @throws UncheckedIOException if the folder cannot be listed
   */
  List<String> names() {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(ENDING))
          .map(file -> file.substring(0, file.length() - ENDING.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<?, ?> map(Object parent, String key) {
    return parent instanceof Map<?, ?> map && map.get(key) instanceof Map<?, ?> child
        ? child
        : Map.of();
  }
}
