package dev.serai.config;

import dev.serai.config.models.ModelEntry;
import dev.serai.config.provider.KnownProvider;
import dev.serai.config.read.Names;
import dev.serai.config.read.Node;
import dev.serai.config.read.Problems;
import dev.serai.config.routing.AliasSettings;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks the names of aliases and of entries of the models file. Stateless. */
final class ModelNames {
  private static final String MODELS = "models";

  /** What an entry of the models file has, and an alias does not. */
  private static final Set<String> FACTS = facts();

  private ModelNames() {}

  /** Refuses the name of an entry of the models file that is not one of a model. */
  static void entry(String name, Node.Mapping file, Problems problems) {
    int slash = name.indexOf('/');
    int star = name.indexOf('*');
    boolean whole = slash > 0 && slash < name.length() - 1 && name.equals(name.strip());
    if (!whole || (star >= 0 && (star < name.length() - 1 || star < slash))) {
      problems.add(
          file.placeOf(MODELS, name),
          "must have the form provider/model; a * at its end matches all names with that"
              + " beginning");
    }
  }

  /**
   * The settings without entries of the models file among the aliases, which are refused in one
   * line.
   */
  static Node.Mapping withoutEntries(Node.Mapping file, Problems problems) {
    if (!(file.entries().get(MODELS) instanceof Node.Mapping models)
        || models.entries().entrySet().stream().noneMatch(ModelNames::isEntry)) {
      return file;
    }
    problems.add(
        models.place(), "facts and prices of models belong in config/models.yaml; move them there");
    Map<String, Node> aliases = new LinkedHashMap<>(models.entries());
    aliases.keySet().removeIf(name -> name.contains("/"));
    Map<String, Node> parts = new LinkedHashMap<>(file.entries());
    parts.put(MODELS, new Node.Mapping(models.place(), aliases));
    return new Node.Mapping(file.place(), parts);
  }

  private static boolean isEntry(Map.Entry<String, Node> entry) {
    return entry.getKey().contains("/")
        && entry.getValue() instanceof Node.Mapping facts
        && facts.entries().keySet().stream().anyMatch(FACTS::contains);
  }

  private static Set<String> keys(Class<? extends Record> type) {
    return Arrays.stream(type.getRecordComponents())
        .map(component -> Names.written(component.getName()))
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static Set<String> facts() {
    Set<String> facts = keys(ModelEntry.class);
    facts.removeAll(keys(AliasSettings.class));
    return facts;
  }

  /** Refuses the name of an alias that could be that of a model, or is a pattern. */
  static void alias(String name, Node.Mapping file, Problems problems) {
    if (name.contains("/") || name.isBlank()) {
      problems.add(file.placeOf(MODELS, name), aliasFault(name));
    } else if (name.contains("*")) {
      problems.add(
          file.placeOf(MODELS, name),
          "an alias is one exact name; * matches nothing else. Write an alias for each name that"
              + " clients send; a model needs none, as provider/model");
    }
  }

  private static String aliasFault(String name) {
    String fault = "an alias must not be empty or contain a slash";
    boolean known =
        KnownProvider.find(name.substring(0, Math.max(0, name.indexOf('/')))).isPresent();
    return known ? fault + "; " + name + " can be called without an alias" : fault;
  }
}
