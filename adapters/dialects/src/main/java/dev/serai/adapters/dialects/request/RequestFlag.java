package dev.serai.adapters.dialects.request;

import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.translation.RequestFields;
import dev.serai.core.problem.CallerProblem;

/** Reads flags of a request of OpenAI's APIs without parsing it. Pure. */
public final class RequestFlag {
  private RequestFlag() {}

  /**
   * Whether a member is true; false if it is absent or null.
   *
   * @param path of the member, for messages
   * @throws CallerProblem 400 if it is not a flag
   */
  public static boolean read(JsonMembers members, String name, String path) {
    int place = members.find(name);
    if (place < 0) {
      return false;
    }
    return switch (members.kind(place)) {
      case 't' -> true;
      case 'f', 'n' -> false;
      default -> throw RequestFields.wrong(path, "true or false");
    };
  }
}
