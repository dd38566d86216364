package dev.serai.adapters.dialects.request;

import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.request.CallLabels;
import dev.serai.core.session.Session;
import java.util.List;

/**
 * Finds the stored session that a request names with {@code session_id}, {@code conversation_id} or
 * OpenAI's {@code conversation}. What has another form is not Serai's. Pure.
 */
final class SessionMember {
  private static final List<String> NAMES =
      List.of("session_id", "conversation_id", "conversation");

  private SessionMember() {}

  static CallLabels addTo(CallLabels labels, JsonMembers request) {
    for (String name : NAMES) {
      int place = request.find(name);
      if (place >= 0) {
        String id = id(request, place);
        if (Session.isId(id)) {
          return new CallLabels(id, labels.taskType(), labels.tags());
        }
      }
    }
    return labels;
  }

  /** Whether {@code conversation} names a stored session. */
  static boolean isConversation(JsonMembers request) {
    int place = request.find("conversation");
    return place >= 0 && Session.isId(id(request, place));
  }

  /** The text of a member, or of the {@code id} of an object. */
  private static String id(JsonMembers request, int place) {
    return switch (request.kind(place)) {
      case '"' -> request.text(place);
      case '{' -> idOfObject(request, place);
      default -> "";
    };
  }

  private static String idOfObject(JsonMembers request, int place) {
    try {
      JsonMembers object =
          JsonMembers.at(request.bytes(), request.valueStart(place), request.valueEnd(place));
      int id = object.find("id");
      return id >= 0 && object.kind(id) == '"' ? object.text(id) : "";
    } catch (MalformedInput e) {
      String name = request.name(place);
      throw CallerProblem.invalid(name, "Invalid '" + name + "': " + e.getMessage() + ".");
    }
  }
}
