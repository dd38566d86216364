package dev.serai.adapters.dialects.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.serai.core.fanout.JsonComparison;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Parses JSON into a tree, where content must be read: between dialects, and in failures. As strict
 * as {@link JsonCursor}, and rejects a duplicate name in every object. Thread-safe: each call has a
 * parser of its own.
 */
public final class StrictJson {
  private static final JsonFactory FACTORY = factory();

  // A reader has its deserializer at once; a mapper creates it under a lock at the first use,
  // which would block event loops.
  private static final ObjectReader READER =
      JsonMapper.builder(FACTORY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          // A schema's 1e400 would turn into "Infinity".
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build()
          .readerFor(JsonNode.class);

  private static final String DUPLICATE = "Duplicate field '";

  private StrictJson() {}

  private static JsonFactory factory() {
    StreamReadConstraints constraints =
        StreamReadConstraints.builder()
            .maxNestingDepth(JsonCursor.MAX_DEPTH)
            .maxStringLength(Integer.MAX_VALUE)
            .build();
    return new JsonFactoryBuilder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .streamReadConstraints(constraints)
        .build();
  }

  /**
   * Reads one JSON text.
   *
   * @throws MalformedInput if it is not one; offsets are those of {@code text}
   */
  public static JsonNode tree(byte[] text) {
    return tree(text, 0, text.length);
  }

  /**
   * Reads the JSON text from {@code from} to {@code to}.
   *
   * @throws MalformedInput if it is not JSON, has a name twice, or exceeds a bound
   */
  public static JsonNode tree(byte[] text, int from, int to) {
    // Jackson accepts overlong UTF-8 and guesses other encodings: the cursor does neither.
    JsonCursor cursor = new JsonCursor().over(text, from, to);
    cursor.skip();
    cursor.finish();
    try {
      return READER.readTree(text, from, to - from);
    } catch (JsonParseException e) {
      throw malformed(from, e);
    } catch (IOException e) {
      throw outOfBounds(from);
    }
  }

  /** Compares and merges JSON. */
  public static JsonComparison comparison() {
    return new JsonObjects();
  }

  /**
   * The form of a JSON object or array: equal for equal values, whatever the order of members,
   * white space, escapes and ways to write a number. Empty if the text is neither.
   */
  static Optional<String> form(String text) {
    String json = text.strip();
    if (!json.startsWith("{") && !json.startsWith("[")) {
      return Optional.empty();
    }
    try {
      return Optional.of(form(tree(json.getBytes(StandardCharsets.UTF_8))));
    } catch (MalformedInput e) {
      return Optional.empty();
    }
  }

  /** The form of a value, equal for equal values. */
  static String form(JsonNode value) {
    StringBuilder form = new StringBuilder();
    append(value, form);
    return form.toString();
  }

  /** The depth of a tree is bounded. */
  private static void append(JsonNode node, StringBuilder to) {
    if (node.isObject()) {
      to.append('{');
      new TreeSet<>(names(node))
          .forEach(
              name -> {
                to.append(TextNode.valueOf(name)).append(':');
                append(node.get(name), to);
                to.append(',');
              });
      to.append('}');
    } else if (node.isArray()) {
      to.append('[');
      node.forEach(
          element -> {
            append(element, to);
            to.append(',');
          });
      to.append(']');
    } else if (node.isNumber()) {
      to.append(node.decimalValue().stripTrailingZeros());
    } else {
      to.append(node);
    }
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>(object.size());
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /**
   * The fault of a part of a text with its place in the whole text, if it is a member that is there
   * twice. Walks over the text without a tree; for failures only.
   */
  public static MalformedInput located(MalformedInput inPart, byte[] whole) {
    if (!inPart.isDuplicate()) {
      return inPart;
    }
    try (JsonParser parser = FACTORY.createParser(whole)) {
      while (parser.nextToken() != null) {
        // The parser finds it.
      }
    } catch (JsonParseException e) {
      MalformedInput inWhole = malformed(0, e);
      return inWhole.isDuplicate() ? inWhole : inPart;
    } catch (IOException e) {
      return inPart;
    }
    return inPart;
  }

  /** Jackson tells a member that is there twice by its message, and where it is by its parser. */
  private static MalformedInput malformed(int from, JsonParseException e) {
    String message = e.getOriginalMessage();
    if (!message.startsWith(DUPLICATE) || !message.endsWith("'")) {
      return outOfBounds(from);
    }
    String name = message.substring(DUPLICATE.length(), message.length() - 1);
    JsonParser parser = e.getProcessor();
    return parser == null
        ? MalformedInput.duplicate(from, name)
        : MalformedInput.duplicate(from, name, path(parser.getParsingContext().getParent()));
  }

  /** The names and indexes of the objects and arrays that an object is in, the outermost first. */
  private static List<String> path(@Nullable JsonStreamContext within) {
    LinkedList<String> path = new LinkedList<>();
    for (JsonStreamContext at = within; at != null && !at.inRoot(); at = at.getParent()) {
      path.addFirst(at.inArray() ? "[" + at.getCurrentIndex() + "]" : at.getCurrentName());
    }
    return path;
  }

  private static MalformedInput outOfBounds(int from) {
    return new MalformedInput(from, "JSON without numbers out of bounds");
  }
}
