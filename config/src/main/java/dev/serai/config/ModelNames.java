package dev.serai.config;

import dev.serai.config.provider.KnownProvider;
import dev.serai.config.read.Node;
import dev.serai.config.read.Problems;

/** Checks the names of aliases and of entries of the models file. Stateless. */
final class ModelNames {
  private ModelNames() {}

  /** Refuses the name of an entry of the models file that is not one of a model. */
  static void entry(String name, Node.Mapping file, Problems problems) {
    int slash = name.indexOf('/');
    int star = name.indexOf('*');
    boolean whole = slash > 0 && slash < name.length() - 1 && name.equals(name.strip());
    if (!whole || (star >= 0 && (star < name.length() - 1 || star < slash))) {
      problems.add(
          file.placeOf("models", name),
          "must have the form provider/model; a * at its end matches all names with that"
              + " beginning");
    }
  }

  /** Refuses the name of an alias that could be that of a model, or is a pattern. */
  static void alias(String name, Node.Mapping file, Problems problems) {
    if (name.contains("/") || name.isBlank()) {
      problems.add(file.placeOf("models", name), aliasFault(name));
    } else if (name.contains("*")) {
      problems.add(
          file.placeOf("models", name),
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
