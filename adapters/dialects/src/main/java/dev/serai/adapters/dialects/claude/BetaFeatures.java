package dev.serai.adapters.dialects.claude;

import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.http.Headers;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The beta features that a client asks for in the header {@code anthropic-beta}. A cloud that
 * serves Claude replies 400 to one that it does not know: those of Anthropic's own platform, such
 * as its file storage, and those of a client's own, such as Claude Code's, are dropped there.
 *
 * @param names in the client's order
 */
public record BetaFeatures(List<String> names) {
  /** The name of the header field. */
  public static final String HEADER = "anthropic-beta";

  /**
   * The features that Bedrock documents, without the date that ends a name ("Anthropic Claude
   * Messages API: Request and Response", docs.aws.amazon.com). They are {@code anthropic_beta} in
   * the model's own fields.
   */
  public static final List<String> BEDROCK =
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

  /**
   * The features that Vertex AI takes in the header, without the date that ends a name: those that
   * platform.claude.com/docs names for it ("Claude on Vertex AI", and the pages of the features).
   * Vertex AI replies "Unexpected value(s) ... for the `anthropic-beta` header" to others.
   */
  public static final List<String> VERTEX =
      List.of(
          "computer-use-",
          "interleaved-thinking-",
          "context-1m-",
          "context-management-",
          "tool-search-tool-",
          "web-search-",
          "compact-",
          "dangerous-tool-use-",
          "per-turn-control-",
          "thinking-binding-controls-",
          "thinking-display-updates-");

  /** Those of a client; a field has one name or several. */
  public static BetaFeatures of(Headers client) {
    List<String> values = new ArrayList<>(1);
    client.forEach(
        (field, value) -> {
          if (field.equalsIgnoreCase(HEADER)) {
            values.add(value);
          }
        });
    return of(values);
  }

  /** Those of the values of the field. */
  public static BetaFeatures of(List<String> values) {
    Set<String> names = new LinkedHashSet<>();
    values.forEach(value -> Stream.of(value.split(",", -1)).map(String::strip).forEach(names::add));
    names.remove("");
    return new BetaFeatures(List.copyOf(names));
  }

  /**
   * Those that a cloud takes; others are reported as dropped.
   *
   * @param known the starts of their names
   */
  public List<String> accepted(List<String> known, DroppedFields dropped) {
    List<String> accepted =
        names.stream().filter(name -> known.stream().anyMatch(name::startsWith)).toList();
    if (accepted.size() < names.size()) {
      dropped.add(HEADER);
    }
    return accepted;
  }
}
