package dev.serai.config;

import dev.serai.config.check.Findings;
import dev.serai.config.provider.KnownProvider;
import dev.serai.config.read.Node;
import dev.serai.config.read.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Finds settings that have different values in two places: in two variables, or in the settings
 * file and a variable. Says which of them applies, and shows no value. Stateless.
 */
final class Contradictions {
  /** OpenTelemetry's variables for all signals, which one for traces overrides by definition. */
  private static final String ALL_SIGNALS = "OTEL_EXPORTER_OTLP_";

  private Contradictions() {}

  /** Warns of variables that are ignored, since another one of the same setting has a value. */
  static void warn(Map<String, String> environment, Findings findings) {
    Variables.all()
        .forEach((path, names) -> nameIgnored(Variables.valuesOf(path, environment), findings));
    for (List<String> names : KnownProvider.otherNames()) {
      Map<String, String> values = new LinkedHashMap<>();
      for (String name : names) {
        String text = environment.getOrDefault(name, "").strip();
        if (!text.isEmpty()) {
          values.put(name, text);
        }
      }
      nameIgnored(values, findings);
    }
  }

  /**
   * @param values of the variables of one setting, in the order in which they are read
   */
  private static void nameIgnored(Map<String, String> values, Findings findings) {
    Optional<Map.Entry<String, String>> read = values.entrySet().stream().findFirst();
    values.forEach(
        (name, value) -> {
          boolean same = read.filter(first -> !first.getValue().equals(value)).isEmpty();
          if (!same && !name.startsWith(ALL_SIGNALS)) {
            findings.perhapsWrong(
                Place.variable(name),
                "is ignored, since "
                    + read.get().getKey()
                    + " is set to another value and comes first");
          }
        });
  }

  /**
   * Names values of the file that a variable replaces, and variables of providers that a value of
   * the file replaces; equal ones are not named.
   *
   * @param overrides values of variables, by the path of the setting
   */
  static List<String> replaced(
      Node.Mapping file, Map<String, Node.Scalar> overrides, Map<String, String> environment) {
    List<String> replaced = new ArrayList<>();
    new TreeMap<>(overrides)
        .forEach(
            (path, variable) ->
                valueOf(file, path)
                    .filter(written -> !text(written).equals(variable.text()))
                    .ifPresent(
                        written ->
                            replaced.add(
                                written.place().shown() + ", by " + variable.place().key())));
    for (KnownProvider known : KnownProvider.all()) {
      String path = "providers." + known.name();
      known
          .keyVariable()
          .flatMap(name -> replaced(file, path + ".api_key", name, environment))
          .ifPresent(replaced::add);
      known
          .urlVariable()
          .flatMap(name -> replaced(file, path + ".base_url", name, environment))
          .ifPresent(replaced::add);
    }
    return replaced;
  }

  private static Optional<String> replaced(
      Node.Mapping file, String path, String variable, Map<String, String> environment) {
    Optional<String> value = KnownProvider.key(variable, environment);
    return valueOf(file, path)
        .filter(written -> value.isPresent() && !text(written).equals(value.get()))
        .map(written -> variable + ", by " + written.place().shown());
  }

  private static Optional<Node> valueOf(Node.Mapping file, String path) {
    Node found = file.at(path.split("\\.", -1));
    boolean set = found instanceof Node.Scalar || found instanceof Node.Sequence;
    return found.place().key().equals(path) && set ? Optional.of(found) : Optional.empty();
  }

  /** A list in the form that variables have it in. */
  private static String text(Node node) {
    return switch (node) {
      case Node.Scalar scalar -> scalar.text().strip();
      case Node.Sequence list ->
          list.items().stream().map(Contradictions::text).collect(Collectors.joining(","));
      default -> "";
    };
  }
}
