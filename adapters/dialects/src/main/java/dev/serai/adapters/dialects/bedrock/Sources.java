package dev.serai.adapters.dialects.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.core.chat.detail.BlockSources;
import dev.serai.core.chat.detail.DetailSupport;
import dev.serai.core.chat.detail.TextDetails;
import java.util.List;

/**
 * Collects the sources of a response's text: citations of web pages, of search results and of
 * documents with a title. Each is a source of the text of its block; Nova's web grounding has them
 * in a block of their own, behind the text. For one response; not thread-safe.
 */
final class Sources {
  private static final List<String> DOCUMENTS =
      List.of("documentChar", "documentPage", "documentChunk");

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

  /** Reads what the block that was taken last says. */
  void add(ResponseBlock block, byte[] json) {
    if (block.text != null) {
      sources.addText(block.text);
    }
    if (wanted && block.citedTo > block.citedFrom) {
      JsonNode read = StrictJson.tree(json, block.citedFrom, block.citedTo);
      (read.isArray() ? read : List.of(read)).forEach(this::add);
    }
  }

  private void add(JsonNode citation) {
    JsonNode location = citation.path("location");
    String title = citation.path("title").asText("");
    JsonNode page = location.path("web");
    if (page.has("url")) {
      String name = title.isEmpty() ? page.path("domain").asText("") : title;
      sources.addPage(page.path("url").asText(""), name);
    } else if (location.has("searchResultLocation")) {
      sources.addSearchResult(citation.path("source").asText(""), title);
    } else if (DOCUMENTS.stream().anyMatch(location::has)) {
      sources.addFile("", title);
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
