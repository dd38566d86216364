package dev.serai.core.chat.detail;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects the sources of a text that consists of blocks. A source belongs to all text of its
 * block, and in a block without text to that of the block before. Offsets are counted in code
 * points. For one text; not thread-safe.
 */
public final class BlockSources {
  private final DetailSupport support;
  private final List<Source> ofBlock = new ArrayList<>(0);
  private final List<String> annotations = new ArrayList<>(0);
  private long start;
  private long end;
  private long length;

  /**
   * @param support what the client has a place for
   */
  public BlockSources(DetailSupport support) {
    this.support = support;
  }

  private sealed interface Source {}

  private record Page(String url, String title) implements Source {}

  private record File(String id, String name) implements Source {}

  /** Text of the block was read. */
  public void addText(String text) {
    length += support.hasWebPages() ? text.codePointCount(0, text.length()) : 0;
  }

  /** The block has a web page as its source. */
  public void addPage(String url, String title) {
    if (support.hasWebPages() && !url.isEmpty()) {
      ofBlock.add(new Page(url, title));
    }
  }

  /**
   * The block has a search result of the request as its source: a web page if its source is a URL.
   *
   * @param source what the request calls the source
   */
  public void addSearchResult(String source, String title) {
    if (source.startsWith("https://") || source.startsWith("http://")) {
      addPage(source, title);
    } else {
      addFile(source, title);
    }
  }

  /**
   * The block has a file of the request as its source.
   *
   * @param id of the file; empty if it has none
   * @param name of the file; a file without id and name is left out
   */
  public void addFile(String id, String name) {
    if (support == DetailSupport.ALL && !(id.isEmpty() && name.isEmpty())) {
      ofBlock.add(new File(id, name));
    }
  }

  /** The block ends, and the next one begins. */
  public void endBlock() {
    if (length > end) {
      start = end;
      end = length;
    }
    for (Source source : ofBlock) {
      annotations.add(
          switch (source) {
            case Page(String url, String title) -> TextDetails.urlCitation(url, title, start, end);
            case File(String id, String name) ->
                TextDetails.fileCitation(id, name, Math.max(start, end - 1));
          });
    }
    ofBlock.clear();
  }

  /** Takes the sources of the blocks that ended since the last call. */
  public TextDetails take() {
    if (annotations.isEmpty()) {
      return TextDetails.NONE;
    }
    TextDetails taken = new TextDetails(annotations, List.of());
    annotations.clear();
    return taken;
  }
}
