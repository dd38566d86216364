package dev.serai.config.check;

import dev.serai.config.read.Node;
import dev.serai.config.read.Place;
import dev.serai.config.read.Problems;
import dev.serai.core.secret.KeyForms;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Collects what the checks find: a certain mistake becomes a problem and fails the start, a
 * possible one becomes a warning. Not thread-safe.
 */
public final class Findings {
  private static final int MAX_WARNINGS = 50;

  private final Node.Mapping file;
  private final Map<String, Node.Scalar> overrides;
  private final Problems problems;
  private final List<String> warnings = new ArrayList<>();

  /**
   * @param file the content of the settings file, for places
   * @param overrides values of environment variables, by the path of the setting
   */
  public Findings(Node.Mapping file, Map<String, Node.Scalar> overrides, Problems problems) {
    this.file = file;
    this.overrides = overrides;
    this.problems = problems;
  }

  /** The warnings, in the order in which they were found. */
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  public void wrong(Place place, String what) {
    problems.add(place, what);
  }

  /** Adds a file or a folder that cannot be used now, and may be later without an edit. */
  public void wrongNow(Place place, String what) {
    problems.addTemporary(place, what);
  }

  /** Adds a mistake in a setting as a whole, unless one of its parts is known to be wrong. */
  public void wrongAsAWhole(Place place, String what) {
    if (!problems.hasWithin(place)) {
      problems.add(place, what);
    }
  }

  /** Warns of a mistake in the file, unless there is another one at the same place. */
  public void hidden(Place place, String what) {
    if (!problems.hasAt(place)) {
      perhapsWrong(place, what);
    }
  }

  public void perhapsWrong(Place place, String what) {
    perhapsWrong(place.shown() + ": " + KeyForms.redactedText(what));
  }

  /** Those after the fiftieth are dropped. */
  public void perhapsWrong(String what) {
    if (warnings.size() < MAX_WARNINGS) {
      warnings.add(KeyForms.redacted(what));
    }
  }

  /**
   * The place of a setting: its variable if that is set, otherwise its line.
   *
   * @param part with a dot where it is a part of another
   */
  public Place place(String part, String key) {
    String path = part + "." + key;
    Node.Scalar override = overrides.get(path);
    return override == null ? file.placeOf(path.split("\\.", -1)) : override.place();
  }

  /** Whether the file or a variable has the setting. */
  public boolean isSet(String part, String key) {
    Place place = place(part, key);
    return place.inEnvironment() || place.key().equals(part + "." + key);
  }

  /** The place of a deadline of all providers; that of all deadlines if it is not set. */
  public Place deadline(String name) {
    Node.Scalar override = overrides.get("upstream.deadlines." + name);
    return override == null ? file.placeOf("upstream", "deadlines", name) : override.place();
  }

  /** The place of an entry of a list; the list itself if it has one value without brackets. */
  public Place item(int index, String... keys) {
    Node node = file;
    for (String key : keys) {
      node =
          node instanceof Node.Mapping mapping ? mapping.entries().getOrDefault(key, node) : node;
    }
    boolean inside = node instanceof Node.Sequence list && index < list.items().size();
    return inside ? ((Node.Sequence) node).items().get(index).place() : node.place();
  }

  public Place at(String... keys) {
    return file.placeOf(keys);
  }
}
