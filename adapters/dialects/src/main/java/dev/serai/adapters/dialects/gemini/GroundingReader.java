package dev.serai.adapters.dialects.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.core.chat.detail.TextDetails;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the sources of a candidate's text that have a URL: {@code groundingMetadata} names the web
 * pages, and which of them support which segment. Gemini's offsets count bytes of UTF-8 in a part.
 */
final class GroundingReader {
  private GroundingReader() {}

  /**
   * The sources in a candidate.
   *
   * @param text of the candidate so far
   * @param start where the text of this candidate object begins in it; 0 unless it is an event
   */
  static TextDetails read(JsonNode candidate, String text, int start) {
    JsonNode grounding = candidate.path("groundingMetadata");
    if (grounding.path("groundingSupports").isEmpty()) {
      return TextDetails.NONE;
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    int before = text.substring(0, start).getBytes(StandardCharsets.UTF_8).length;
    Set<String> sources = new LinkedHashSet<>();
    for (JsonNode support : grounding.path("groundingSupports")) {
      JsonNode segment = support.path("segment");
      int base = base(candidate, segment, utf8, before);
      long from = codePoints(utf8, base + segment.path("startIndex").asInt(0));
      JsonNode end = segment.path("endIndex");
      long to = codePoints(utf8, end.isInt() ? base + end.intValue() : utf8.length);
      for (JsonNode chunk : support.path("groundingChunkIndices")) {
        JsonNode page = grounding.path("groundingChunks").path(chunk.asInt(-1)).path("web");
        String url = page.path("uri").asText("");
        if (!url.isEmpty()) {
          sources.add(TextDetails.urlCitation(url, page.path("title").asText(""), from, to));
        }
      }
    }
    return new TextDetails(List.copyOf(sources), List.of());
  }

  /**
   * Where the offsets of a segment begin, in bytes of the text: at its part, or at the text if the
   * segment names no part, or the words that it repeats are only found there.
   */
  private static int base(JsonNode candidate, JsonNode segment, byte[] utf8, int before) {
    int part = segment.path("partIndex").asInt(0);
    JsonNode parts = candidate.path("content").path("parts");
    if (part <= 0 || part >= parts.size()) {
      return 0;
    }
    int base = before;
    for (int i = 0; i < part; i++) {
      boolean thought = parts.path(i).path("thought").asBoolean(false);
      String text = thought ? "" : parts.path(i).path("text").asText("");
      base += text.getBytes(StandardCharsets.UTF_8).length;
    }
    byte[] words = segment.path("text").asText("").getBytes(StandardCharsets.UTF_8);
    int start = Math.max(0, segment.path("startIndex").asInt(0));
    return !isAt(words, utf8, base + start) && isAt(words, utf8, start) ? 0 : base;
  }

  private static boolean isAt(byte[] words, byte[] utf8, int place) {
    long end = (long) place + words.length;
    return end <= utf8.length && Arrays.equals(utf8, place, (int) end, words, 0, words.length);
  }

  private static long codePoints(byte[] utf8, int bytes) {
    String before = new String(utf8, 0, Math.clamp(bytes, 0, utf8.length), StandardCharsets.UTF_8);
    return before.codePointCount(0, before.length());
  }
}
