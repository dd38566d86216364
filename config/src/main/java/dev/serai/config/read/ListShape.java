package dev.serai.config.read;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Recognises a mapping of names where a list of records is expected. Pure. */
final class ListShape {
  private ListShape() {}

  /**
   * How to write the list; empty if the node may be one. A mapping with a key of the record is an
   * entry that was written without its list.
   *
   * @param type of the entries
   */
  static Optional<String> fault(Type type, Node node) {
    if (!(node instanceof Node.Mapping mapping) || !((Class<?>) type).isRecord()) {
      return Optional.empty();
    }
    List<RecordComponent> components = Arrays.asList(((Class<?>) type).getRecordComponents());
    boolean named =
        mapping.entries().keySet().stream()
            .noneMatch(
                key ->
                    components.stream().anyMatch(one -> Names.written(one.getName()).equals(key)));
    return named && !mapping.entries().isEmpty()
        ? Optional.of("must be a list of entries, such as - " + NameShape.example(components))
        : Optional.empty();
  }
}
