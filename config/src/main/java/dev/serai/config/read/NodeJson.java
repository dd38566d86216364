package dev.serai.config.read;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.serai.config.annotation.JsonText;
import dev.serai.core.json.JsonWriter;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Writes a node as JSON. A text that is a number, true or false is written as such. */
final class NodeJson {
  /** RFC 8259, section 6. */
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9]\\d{0,30})(\\.\\d{1,30})?([eE][+-]?\\d{1,3})?");

  private final JsonWriter out = new JsonWriter();
  private final Consumer<Node.Unset> missing;

  private NodeJson(Consumer<Node.Unset> missing) {
    this.missing = missing;
  }

  /**
   * @param missing receives what has no value because its variable is not set; it is null in JSON
   */
  static JsonText of(Node node, Consumer<Node.Unset> missing) {
    NodeJson texts = new NodeJson(missing);
    texts.write(node);
    return new JsonText(new String(texts.out.bytes(), UTF_8));
  }

  private void write(Node node) {
    switch (node) {
      case Node.Scalar scalar -> scalar(scalar.text());
      case Node.Empty _ -> out.nullValue();
      case Node.Unset unset -> {
        missing.accept(unset);
        out.nullValue();
      }
      case Node.Sequence list -> {
        out.beginArray();
        list.items().forEach(this::write);
        out.endArray();
      }
      case Node.Mapping object -> {
        out.beginObject();
        object
            .entries()
            .forEach(
                (name, value) -> {
                  out.name(name);
                  write(value);
                });
        out.endObject();
      }
    }
  }

  private void scalar(String text) {
    if (text.equals("true") || text.equals("false") || NUMBER.matcher(text).matches()) {
      out.json(text);
    } else {
      out.value(text);
    }
  }
}
