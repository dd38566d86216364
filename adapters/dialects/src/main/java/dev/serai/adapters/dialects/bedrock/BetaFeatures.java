package dev.serai.adapters.dialects.bedrock;

import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.http.Headers;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The beta features that a client asks for in the header {@code anthropic-beta}. Bedrock has them
 * as {@code anthropic_beta} in the model's own fields ("Anthropic Claude Messages API: Request and
 * Response", docs.aws.amazon.com), and responds 400 to one that it does not know: those of
 * Anthropic's own platform, such as its file storage, are dropped.
 *
 * @param names in the client's order
 */
record BetaFeatures(List<String> names) {
  /** The name of the header field. */
  static final String HEADER = "anthropic-beta";

  /** The features that Bedrock documents, without the date that ends a name. */
  private static final List<String> KNOWN =
      List.of(
          "computer-use-",
          "token-efficient-tools-",
          "interleaved-thinking-",
          "output-128k-",
          "dev-full-thinking-",
          "context-1m-",
          "context-management-",
          "effort-",
          "tool-search-tool-",
          "tool-examples-",
          "fine-grained-tool-streaming-",
          "compact-");

  /** Those of a client; a field has one name or several. */
  static BetaFeatures of(Headers client) {
    Set<String> names = new LinkedHashSet<>();
    client.forEach(
        (field, value) -> {
          if (field.equalsIgnoreCase(HEADER)) {
            Stream.of(value.split(",", -1)).map(String::strip).forEach(names::add);
          }
        });
    names.remove("");
    return new BetaFeatures(List.copyOf(names));
  }

  /** Those that the model takes; others are reported as dropped. */
  List<String> accepted(boolean claude, DroppedFields dropped) {
    List<String> accepted =
        names.stream().filter(name -> claude && KNOWN.stream().anyMatch(name::startsWith)).toList();
    if (accepted.size() < names.size()) {
      dropped.add(HEADER);
    }
    return accepted;
  }
}
