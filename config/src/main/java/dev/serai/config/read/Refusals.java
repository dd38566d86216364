package dev.serai.config.read;

import dev.serai.config.annotation.ShortForm;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reports what the settings records refuse, at the place of the value. Not thread-safe. */
final class Refusals {
  /** What {@link ListFaults} writes about one entry of a list. */
  private static final Pattern ENTRY = Pattern.compile("(\\w+)\\[(\\d{1,9})] (.*)");

  private final Map<String, Node.Scalar> environment;
  private final Problems problems;

  /**
   * @param environment values that override the file, by the path of the setting
   */
  Refusals(Map<String, Node.Scalar> environment, Problems problems) {
    this.environment = environment;
    this.problems = problems;
  }

  /**
   * Reports the message of a record, line by line.
   *
   * @param node what the record was read from
   * @param path of the record
   */
  void report(Class<?> type, String message, @Nullable Node node, String path) {
    Optional<Pattern> wrong = wrong(type, node, path);
    message
        .lines()
        .filter(line -> ENTRY.matcher(line).matches() || !names(line, wrong))
        .forEach(line -> reportLine(type, line, node, path));
  }

  private static boolean names(String line, Optional<Pattern> names) {
    return names.filter(pattern -> pattern.matcher(line).find()).isPresent();
  }

  /** A line begins with the name of the component that is refused. */
  private void reportLine(Class<?> type, String line, @Nullable Node node, String path) {
    for (RecordComponent component : type.getRecordComponents()) {
      Optional<Node> read = read(component, node, path);
      String name = component.getName();
      Matcher entry = ENTRY.matcher(line);
      if (read.isPresent() && entry.matches() && entry.group(1).equals(name)) {
        problems.add(entry(read.get(), Integer.parseInt(entry.group(2))).place(), entry.group(3));
        return;
      }
      if (read.isPresent() && line.startsWith(name + " ")) {
        refuse(component, read.get(), Names.written(name) + line.substring(name.length()));
        return;
      }
    }
    problems.add(node == null ? new Place("settings", 0, path) : node.place(), line);
  }

  /**
   * The names of the components that a mistake was found in, as a pattern: they have their default
   * now, so what is said about them, or about others in their light, may follow from that.
   */
  private Optional<Pattern> wrong(Class<?> type, @Nullable Node node, String path) {
    List<String> names = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      Optional<Place> read = read(component, node, path).map(Node::place);
      String written = Names.written(component.getName());
      if (read.filter(at -> problems.hasAt(at) || problems.hasWithin(at)).isPresent()
          || (node != null && problems.isMisspelt(node, written))) {
        names.add(component.getName());
        names.add(written);
      }
    }
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(Pattern.compile("\\b(?:" + String.join("|", names) + ")\\b"));
  }

  private void refuse(RecordComponent component, Node read, String allowed) {
    if (Binder.isSecret(component.getGenericType())) {
      problems.add(read.place(), allowed); // without the value
    } else {
      problems.wrong(read, allowed);
    }
  }

  private Optional<Node> read(RecordComponent component, @Nullable Node node, String path) {
    String key = Names.written(component.getName());
    Node override = environment.get(Names.path(path, key));
    if (override != null) {
      return Optional.of(override);
    }
    if (node instanceof Node.Mapping mapping) {
      return Optional.ofNullable(mapping.entries().get(key));
    }
    return Optional.ofNullable(node).filter(_ -> component.isAnnotationPresent(ShortForm.class));
  }

  /** The entry of a list with that number; those that were refused before do not count. */
  private static Node entry(Node list, int number) {
    if (list instanceof Node.Sequence sequence) {
      List<Node> bound = sequence.items().stream().filter(Refusals::isText).toList();
      return number < bound.size() ? bound.get(number) : list;
    }
    return list;
  }

  private static boolean isText(Node item) {
    return item instanceof Node.Scalar scalar && !scalar.text().isBlank();
  }
}
