package dev.serai.adapters.dialects.tool.limit;

import dev.serai.adapters.dialects.json.ByteSearch;
import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.core.json.JsonWriter;

/**
 * Searches a request that is to be forwarded unchanged for ids of calls that its provider refuses:
 * a conversation may have begun with a provider that makes longer ones. Only the results of tools
 * are searched, in a request that may offer tools, and nothing is parsed. Immutable.
 */
public final class CallIdSearch {
  private final ByteSearch name;
  private final String offering;
  private final TextLimit limit;

  /**
   * @param member the name of the member of a result that has the id of its call
   * @param offering the name of the member of a request that may offer tools
   */
  public CallIdSearch(String member, TextLimit limit, String offering) {
    this.offering = offering;
    this.name = new ByteSearch(JsonWriter.quoted(member));
    this.limit = limit;
  }

  /** Whether there may be such an id. */
  public boolean mayFind(JsonMembers request) {
    if (request.find(offering) < 0) {
      return false;
    }
    byte[] json = request.bytes();
    int length = name.sought().length;
    for (int at = name.in(json, 0); at >= 0; at = name.in(json, at + length)) {
      if (!isAccepted(json, at + length)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the value of the member whose name ends there is an accepted id, or none. */
  private boolean isAccepted(byte[] json, int nameEnd) {
    int at = nameEnd;
    while (at < json.length && (json[at] <= ' ' || json[at] == ':')) {
      at++;
    }
    if (at == json.length || json[at] != '"') {
      return true;
    }
    int end = at + 1;
    while (end < json.length && json[end] != '"' && json[end] != '\\') {
      end++;
    }
    return end < json.length && json[end] == '"' && limit.acceptsAscii(json, at + 1, end);
  }
}
