package dev.serai.adapters.dialects.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.core.chat.detail.TextDetails;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the sources that Perplexity and others name beside the choices: {@code citations}, which
 * are URLs, and {@code search_results}, which have titles too. Each is a source of the whole text.
 */
final class Citations {
  private Citations() {}

  /** Whether a response or a chunk names sources. */
  static boolean any(JsonNode root) {
    return !root.path("citations").isEmpty() || !root.path("search_results").isEmpty();
  }

  /**
   * The sources in a response or a chunk.
   *
   * @param length of the text, in code points
   */
  static TextDetails read(JsonNode root, long length) {
    List<String> sources = new ArrayList<>(0);
    JsonNode results = root.path("search_results");
    for (JsonNode url : root.path("citations")) {
      add(url.asText(""), title(results, url.asText("")), length, sources);
    }
    if (sources.isEmpty()) {
      for (JsonNode result : results) {
        add(result.path("url").asText(""), result.path("title").asText(""), length, sources);
      }
    }
    return sources.isEmpty() ? TextDetails.NONE : new TextDetails(sources, List.of());
  }

  private static String title(JsonNode results, String url) {
    for (JsonNode result : results) {
      if (result.path("url").asText("").equals(url)) {
        return result.path("title").asText("");
      }
    }
    return "";
  }

  private static void add(String url, String title, long length, List<String> sources) {
    if (!url.isEmpty()) {
      sources.add(TextDetails.urlCitation(url, title, 0, length));
    }
  }
}
