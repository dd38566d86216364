package dev.serai.adapters.dialects.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.core.chat.detail.TextDetails;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the sources of a candidate's text that have a URL: {@code groundingMetadata} names the web
 * pages, and which of them support which segment. Gemini's offsets count bytes of UTF-8.
 */
final class GroundingReader {
  private GroundingReader() {}

  /** The sources in a candidate with this text. */
  static TextDetails read(JsonNode candidate, String text) {
    JsonNode grounding = candidate.path("groundingMetadata");
    if (grounding.path("groundingSupports").isEmpty()) {
      return TextDetails.NONE;
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    List<String> sources = new ArrayList<>();
    for (JsonNode support : grounding.path("groundingSupports")) {
      JsonNode segment = support.path("segment");
      long start = codePoints(utf8, segment.path("startIndex").asInt(0));
      long end = codePoints(utf8, segment.path("endIndex").asInt(utf8.length));
      for (JsonNode chunk : support.path("groundingChunkIndices")) {
        JsonNode page = grounding.path("groundingChunks").path(chunk.asInt(-1)).path("web");
        String url = page.path("uri").asText("");
        if (!url.isEmpty()) {
          sources.add(TextDetails.urlCitation(url, page.path("title").asText(""), start, end));
        }
      }
    }
    return new TextDetails(sources, List.of());
  }

  private static long codePoints(byte[] utf8, int bytes) {
    String before = new String(utf8, 0, Math.clamp(bytes, 0, utf8.length), StandardCharsets.UTF_8);
    return before.codePointCount(0, before.length());
  }
}
