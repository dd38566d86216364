package dev.serai.adapters.dialects.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.core.chat.detail.BlockSources;
import dev.serai.core.chat.detail.DetailSupport;
import dev.serai.core.chat.detail.TextDetails;
import java.util.List;

/**
 * Collects the sources of a message's text: citations of web pages, of search results with a URL,
 * and of documents with a title. Each is a source of the text of its block. For one message; not
 * thread-safe.
 */
final class Sources {
  private final boolean wanted;
  private final BlockSources sources;

  /**
   * @param wanted those that the client can receive
   */
  Sources(DetailSupport wanted) {
    this.wanted = wanted.hasWebPages();
    this.sources = new BlockSources(wanted);
  }

  /** Text of the block was read. */
  void addText(String text) {
    sources.addText(text);
  }

  /** Reads a citation of the block, or a list of them. */
  void addCited(byte[] json, int from, int to) {
    if (wanted && to > from) {
      JsonNode read = StrictJson.tree(json, from, to);
      (read.isArray() ? read : List.of(read)).forEach(this::add);
    }
  }

  private void add(JsonNode citation) {
    String title = citation.path("title").asText("");
    if (citation.has("document_index")) {
      sources.addFile(
          citation.path("file_id").asText(""), citation.path("document_title").asText(""));
    } else if (citation.has("search_result_index")) {
      sources.addSearchResult(citation.path("source").asText(""), title);
    } else {
      sources.addPage(citation.path("url").asText(""), title);
    }
  }

  /** The block ends: its citations are of all its text. */
  void endBlock() {
    sources.endBlock();
  }

  /** Takes the sources of the blocks that ended since the last call. */
  TextDetails take() {
    return sources.take();
  }
}
