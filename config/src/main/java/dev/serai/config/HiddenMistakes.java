package dev.serai.config;

import dev.serai.config.check.Findings;
import dev.serai.config.read.Node;
import dev.serai.config.read.Place;
import dev.serai.config.read.Problems;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Finds mistakes in values of the settings file that have no effect, because a variable replaces
 * them: they are warnings. Stateless.
 */
final class HiddenMistakes {
  private HiddenMistakes() {}

  /**
   * Adds the warnings.
   *
   * @param overrides values of variables, by the path of the setting
   * @param reader reads the file without the variables
   */
  static void warn(
      Node.Mapping file,
      Map<String, Node.Scalar> overrides,
      Findings findings,
      Consumer<Problems> reader) {
    if (overrides.keySet().stream().noneMatch(path -> isIn(file, path))) {
      return;
    }
    Problems alone = new Problems();
    reader.accept(alone);
    alone.forEach((place, what) -> warn(place, what, overrides, findings));
  }

  private static boolean isIn(Node.Mapping file, String path) {
    return file.placeOf(path.split("\\.", -1)).key().equals(path);
  }

  private static void warn(
      Place place, String what, Map<String, Node.Scalar> overrides, Findings findings) {
    String variable =
        overrides.entrySet().stream()
            .filter(each -> isWithin(place.key(), each.getKey()))
            .map(each -> each.getValue().place().key())
            .findFirst()
            .orElse("a variable");
    findings.hidden(place, what + "; it has no effect, because " + variable + " replaces it");
  }

  private static boolean isWithin(String key, String path) {
    return key.equals(path) || key.startsWith(path + ".") || key.startsWith(path + "[");
  }
}
