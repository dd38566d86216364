package dev.serai.adapters.dialects.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.adapters.dialects.json.MalformedInput;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Collects OpenRouter's {@code reasoning_details}. A stream has a detail in pieces, with the same
 * type, index and id, the signature in the last one (openrouter.ai/docs, Reasoning Tokens). They
 * are joined, since a signature is of the whole. Pieces of different details may alternate; those
 * without an index and an id follow each other. Not thread-safe.
 */
final class StreamedDetails {
  private static final String SIGNATURE = "signature";
  private static final String DATA = "data";
  private static final List<String> PIECES = List.of("text", "summary", DATA);
  private static final int MAX_DETAILS = 1 << 14;

  private final ArrayNode details = JsonNodeFactory.instance.arrayNode();
  private final Map<String, ObjectNode> begun = new HashMap<>(4);
  private Optional<ObjectNode> last = Optional.empty();

  boolean isEmpty() {
    return details.isEmpty();
  }

  /** The details as JSON. */
  @Override
  public String toString() {
    return details.toString();
  }

  /** Adds a detail of a whole response as it is. */
  void add(ObjectNode detail) {
    if (details.size() == MAX_DETAILS) {
      throw new MalformedInput(0, "at most " + MAX_DETAILS + " details of reasoning");
    }
    ObjectNode own = detail.deepCopy();
    details.add(own);
    last = Optional.of(own);
    if (hasIndex(own)) {
      begun.put(key(own), own);
    }
    if (!isUnnamed(own)) {
      begun.put(key(own) + id(own), own);
    }
  }

  /** Other content follows: a piece without an index and an id does not go on with a detail. */
  void interrupt() {
    last = Optional.empty();
  }

  /** Adds a piece of a stream: to the detail that it belongs to, or as another one. */
  void join(ObjectNode piece) {
    begun(piece)
        .filter(detail -> goesOn(detail, piece))
        .ifPresentOrElse(detail -> join(detail, piece), () -> add(piece));
  }

  private Optional<ObjectNode> begun(ObjectNode piece) {
    if (!hasIndex(piece) && isUnnamed(piece)) {
      return last.filter(detail -> key(detail).equals(key(piece)) && isUnnamed(detail));
    }
    return Optional.ofNullable(begun.get(key(piece) + id(piece)))
        .or(() -> Optional.ofNullable(begun.get(key(piece))).filter(StreamedDetails::isUnnamed));
  }

  private static boolean hasIndex(ObjectNode detail) {
    return detail.hasNonNull("index");
  }

  private static String key(ObjectNode detail) {
    return detail.path("type").asText("") + "\n" + detail.path("index").asText("") + "\n";
  }

  private static String id(ObjectNode detail) {
    return detail.path("id").asText("");
  }

  private static boolean isUnnamed(ObjectNode detail) {
    return id(detail).isEmpty();
  }

  /** Encrypted details without an id come whole. */
  private static boolean goesOn(ObjectNode detail, ObjectNode piece) {
    return !detail.hasNonNull(SIGNATURE)
        && (!piece.has(DATA) || !isUnnamed(piece) && id(detail).equals(id(piece)));
  }

  private static void join(ObjectNode detail, ObjectNode piece) {
    piece
        .properties()
        .forEach(
            each -> {
              String name = each.getKey();
              if (PIECES.contains(name) && each.getValue().isTextual()) {
                detail.put(name, detail.path(name).asText("") + each.getValue().textValue());
              } else if (!each.getValue().isNull()) {
                detail.set(name, each.getValue());
              }
            });
  }
}
