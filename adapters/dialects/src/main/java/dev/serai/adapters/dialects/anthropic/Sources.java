package dev.serai.adapters.dialects.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.core.chat.detail.TextDetails;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects the sources of a message's text: citations with a URL. Each is a source of the text of
 * its block. For one message; not thread-safe.
 */
final class Sources {
  private final boolean wanted;
  private final List<String> annotations = new ArrayList<>(0);
  private final List<JsonNode> cited = new ArrayList<>(0);
  private long start;
  private long length;

  /**
   * @param wanted whether the client can receive them
   */
  Sources(boolean wanted) {
    this.wanted = wanted;
  }

  /** A block begins. */
  void beginBlock() {
    start = length;
  }

  /** Text of the block was read. */
  void addText(String text) {
    length += wanted ? text.codePointCount(0, text.length()) : 0;
  }

  /** Reads a citation of the block, or a list of them. */
  void addCited(byte[] json, int from, int to) {
    if (wanted && to > from) {
      JsonNode read = StrictJson.tree(json, from, to);
      (read.isArray() ? read : List.of(read)).forEach(cited::add);
    }
  }

  /** The block ends: its citations are of all its text. */
  void endBlock() {
    for (JsonNode citation : cited) {
      String url = citation.path("url").asText("");
      if (!url.isEmpty()) {
        String title = citation.path("title").asText("");
        annotations.add(TextDetails.urlCitation(url, title, start, length));
      }
    }
    cited.clear();
  }

  /** Takes the sources of the blocks that ended since the last call. */
  TextDetails take() {
    if (annotations.isEmpty()) {
      return TextDetails.NONE;
    }
    TextDetails taken = new TextDetails(annotations, List.of());
    annotations.clear();
    return taken;
  }
}
