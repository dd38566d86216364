package dev.serai.adapters.dialects.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.translation.RequestFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * An object of a request whose members may be spelled in either way that protobuf's JSON allows
 * (protobuf.dev/programming-guides/json): {@code maxOutputTokens} or {@code max_output_tokens}.
 * Callers use the first one. Immutable.
 */
record ProtoFields(RequestFields fields) {
  Optional<JsonNode> any(String name) {
    return fields.any(spelled(name));
  }

  boolean has(String name) {
    return any(name).isPresent();
  }

  Optional<String> text(String name) {
    return fields.text(spelled(name));
  }

  String requiredText(String name) {
    return fields.requiredText(spelled(name));
  }

  boolean flag(String name) {
    return fields.flag(spelled(name)).orElse(false);
  }

  OptionalDouble number(String name) {
    return fields.number(spelled(name));
  }

  OptionalInt count(String name) {
    return fields.count(spelled(name));
  }

  Optional<ProtoFields> object(String name) {
    return fields.object(spelled(name)).map(ProtoFields::new);
  }

  /** The objects of an array. An object without the array is a list of one, as it is for Gemini. */
  List<ProtoFields> objects(String name) {
    String spelled = spelled(name);
    if (fields.any(spelled).filter(JsonNode::isObject).isPresent()) {
      return object(name).stream().toList();
    }
    List<ProtoFields> objects = new ArrayList<>();
    fields.objects(spelled).forEach(object -> objects.add(new ProtoFields(object)));
    return objects;
  }

  String pathOf(String name) {
    return fields.pathOf(spelled(name));
  }

  private String spelled(String camel) {
    return fields.has(camel) ? camel : snakeOrCamel(camel);
  }

  private String snakeOrCamel(String camel) {
    String snake = snake(camel);
    return fields.has(snake) ? snake : camel;
  }

  private static String snake(String camel) {
    StringBuilder snake = new StringBuilder(camel.length() + 4);
    for (int i = 0; i < camel.length(); i++) {
      char c = camel.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        snake.append('_').append((char) (c + 32));
      } else {
        snake.append(c);
      }
    }
    return snake.toString();
  }

  /** The camel-case spelling of a name. */
  static String camel(String name) {
    if (name.indexOf('_') < 0) {
      return name;
    }
    StringBuilder camel = new StringBuilder(name.length());
    boolean upper = false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '_' && !camel.isEmpty()) {
        upper = true;
      } else {
        camel.append(upper ? Character.toUpperCase(c) : c);
        upper = false;
      }
    }
    return camel.toString();
  }
}
