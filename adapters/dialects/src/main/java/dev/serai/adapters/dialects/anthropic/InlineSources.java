package dev.serai.adapters.dialects.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.core.problem.CallerProblem;
import java.nio.charset.StandardCharsets;

/**
 * Rejects images and documents that are not in the request, for a cloud that fetches none: sources
 * of the types {@code url} and {@code file} (platform.claude.com/docs, Vision and Files API).
 */
final class InlineSources {
  private InlineSources() {}

  /** A source at a URL. */
  static CallerProblem atUrl() {
    return CallerProblem.invalid(
        "messages",
        "This model's provider takes no images or files at a web address; send them in the"
            + " request.");
  }

  /** A source that was uploaded. */
  static CallerProblem uploaded() {
    return CallerProblem.invalid(
        "messages",
        "This model's provider takes no images or files by id; send them in the request.");
  }

  /**
   * Checks a client's body. Most name neither type and are not parsed.
   *
   * @throws CallerProblem 400 if a source is elsewhere
   */
  static void require(byte[] body) {
    String text = new String(body, StandardCharsets.ISO_8859_1);
    if (text.contains("\"url\"") || text.contains("\"file\"")) {
      for (JsonNode message : StrictJson.tree(body).path("messages")) {
        requireBlocks(message.path("content"));
      }
    }
  }

  private static void requireBlocks(JsonNode blocks) {
    for (JsonNode block : blocks) {
      switch (block.path("type").asText()) {
        case "image", "document" -> requireSource(block.path("source"));
        case "tool_result" -> requireBlocks(block.path("content"));
        default -> {
          // has no source
        }
      }
    }
  }

  private static void requireSource(JsonNode source) {
    switch (source.path("type").asText()) {
      case "url" -> throw atUrl();
      case "file" -> throw uploaded();
      case "content" -> requireBlocks(source.path("content"));
      default -> {
        // is in the request
      }
    }
  }
}
