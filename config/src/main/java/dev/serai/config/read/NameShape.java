package dev.serai.config.read;

import dev.serai.config.annotation.Required;
import dev.serai.config.annotation.ShortForm;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says how to write what was written as a list or a text where names with settings are expected.
 * Pure; of what was read it shows names of entries and of models only.
 */
final class NameShape {
  /** What other programs call the name of an entry of a list. */
  private static final List<String> NAMES = List.of("model_name", "name", "id");

  private NameShape() {}

  /**
   * The message about a node.
   *
   * @param type of what each name has
   */
  static String message(Type type, Node node) {
    Node first =
        node instanceof Node.Sequence list && !list.items().isEmpty()
            ? list.items().getFirst()
            : node;
    String name = name(first);
    return "must be a mapping of names, such as " + name + ": " + value(type, first);
  }

  private static String name(Node entry) {
    if (entry instanceof Node.Mapping mapping) {
      for (String key : NAMES) {
        Optional<String> name = text(mapping.entries().get(key));
        if (name.isPresent()) {
          return shown(name.get());
        }
      }
    }
    return entry instanceof Node.Scalar scalar && isWord(scalar.written())
        ? shown(scalar.written().substring(scalar.written().lastIndexOf('/') + 1))
        : "NAME";
  }

  private static String shown(String name) {
    return isName(name) ? name : "NAME";
  }

  /** A text of a list is perhaps a key, which is longer, unless it has the form of a model. */
  private static boolean isWord(String text) {
    return isName(text) && (text.contains("/") || text.length() < 16);
  }

  private static boolean isName(String text) {
    return text.length() <= 40 && text.matches("[\\w./:-]+");
  }

  private static String value(Type type, Node entry) {
    Optional<String> model = model(entry);
    Class<?> plain = (Class<?>) type;
    if (!plain.isRecord()) {
      return "VALUE";
    }
    List<RecordComponent> components = Arrays.asList(plain.getRecordComponents());
    boolean takesModels =
        components.stream()
            .anyMatch(
                one -> one.isAnnotationPresent(ShortForm.class) && one.getName().equals("targets"));
    if (takesModels) {
      return model.orElse("PROVIDER/MODEL");
    }
    return example(components);
  }

  /** A record with its required keys, or with the first one. */
  static String example(List<RecordComponent> components) {
    List<String> keys =
        components.stream()
            .filter(one -> one.isAnnotationPresent(Required.class))
            .map(one -> Names.written(one.getName()))
            .toList();
    List<String> shown =
        keys.isEmpty() ? List.of(Names.written(components.getFirst().getName())) : keys;
    return shown.stream().map(key -> key + ": ...").collect(Collectors.joining(", ", "{", "}"));
  }

  /** The model of an entry of LiteLLM's {@code model_list}, or of a list of models. */
  private static Optional<String> model(Node entry) {
    if (entry instanceof Node.Scalar scalar) {
      return Optional.of(scalar.written()).filter(text -> isName(text) && text.contains("/"));
    }
    if (!(entry instanceof Node.Mapping mapping)) {
      return Optional.empty();
    }
    Map<String, Node> inside =
        mapping.entries().get("litellm_params") instanceof Node.Mapping parameters
            ? parameters.entries()
            : mapping.entries();
    return text(inside.get("model")).filter(text -> isName(text) && text.contains("/"));
  }

  private static Optional<String> text(@Nullable Node node) {
    return node instanceof Node.Scalar scalar ? Optional.of(scalar.written()) : Optional.empty();
  }
}
