package dev.serai.adapters.dialects.tool.limit;

import dev.serai.adapters.dialects.json.GeneratedIds;
import dev.serai.core.request.ChatRequest;
import java.nio.charset.StandardCharsets;

/**
 * Makes ids for the tool calls of one reply whose provider sends none. The client sends them back,
 * so they must differ from those of earlier turns: they are derived from the request, which is
 * longer in each turn, and from the id of the response. The same reply to the same request always
 * gives the same ids. For one reply; not thread-safe.
 */
final class GeneratedCallIds {
  /** How much of the end of a request is looked at, in bytes. */
  private static final int MAX_HASHED = 64 * 1024;

  private final ChatRequest request;
  private String responseId = "";
  private String prefix = "";
  private int made;

  GeneratedCallIds(ChatRequest request) {
    this.request = request;
  }

  /** The id of the response, if the provider sends one. */
  void ofResponse(String id) {
    responseId = id;
  }

  /** An id of letters, digits and {@code _}. */
  String next() {
    if (prefix.isEmpty()) {
      byte[] bytes = request.bytes();
      int from = Math.max(0, bytes.length - MAX_HASHED);
      String turn = GeneratedIds.seed(bytes, from, bytes.length) + bytes.length + responseId;
      byte[] seed = turn.getBytes(StandardCharsets.UTF_8);
      prefix = "call_" + GeneratedIds.seed(seed, 0, seed.length) + "_";
    }
    return prefix + made++;
  }
}
