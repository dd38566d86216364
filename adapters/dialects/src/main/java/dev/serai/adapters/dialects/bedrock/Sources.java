package dev.serai.adapters.dialects.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.core.chat.detail.BlockSources;
import dev.serai.core.chat.detail.DetailSupport;
import dev.serai.core.chat.detail.TextDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Collects the sources of a response's text: citations of web pages, of search results and of
 * documents with a title. Each is a source of the text of its block; Nova's web grounding has them
 * in a block of their own, behind the text. For one response; not thread-safe.
 */
final class Sources {
  private static final List<String> DOCUMENTS =
      List.of("documentChar", "documentPage", "documentChunk");

  private final boolean wanted;
  private final boolean whole;
  private final BlockSources sources;
  private final List<String> citations = new ArrayList<>(0);

  /**
   * @param wanted those that the client can receive
   * @param whole whether the client can receive citations with all that they say
   */
  Sources(DetailSupport wanted, boolean whole) {
    this.wanted = wanted.hasWebPages();
    this.whole = whole;
    this.sources = new BlockSources(wanted);
  }

  /** Text of the block was read. */
  void addText(String text) {
    sources.addText(text);
  }

  /**
   * Reads what the block that was taken last says.
   *
   * @return whether the client can receive all of it
   */
  boolean add(ResponseBlock block, byte[] json) {
    if (block.text != null) {
      sources.addText(block.text);
    }
    if (block.citedTo == block.citedFrom) {
      return true;
    }
    boolean all = whole;
    if (wanted || whole) {
      JsonNode read = StrictJson.tree(json, block.citedFrom, block.citedTo);
      for (JsonNode citation : read.isArray() ? read : List.of(read)) {
        Optional<String> mapped = whole ? CitationMapping.toMessages(citation) : Optional.empty();
        mapped.ifPresent(citations::add);
        all &= mapped.isPresent() && CitationMapping.isWhole(citation);
        add(citation);
      }
    }
    return all;
  }

  /** Takes the citations that were read since the last call. */
  List<String> takeCitations() {
    List<String> taken = List.copyOf(citations);
    citations.clear();
    return taken;
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
