package dev.serai.adapters.dialects.request;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.translation.RequestFields;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.request.CallLabels;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads {@code tags}, {@code session_id} and {@code task_type} of the member {@code metadata} of a
 * request. All other metadata is the provider's. Pure.
 */
final class MetadataLabels {
  private MetadataLabels() {}

  static CallLabels of(JsonMembers request) {
    int place = request.find("metadata");
    if (place < 0 || request.kind(place) != '{') {
      return CallLabels.NONE;
    }
    JsonMembers metadata;
    try {
      metadata =
          JsonMembers.at(request.bytes(), request.valueStart(place), request.valueEnd(place));
    } catch (MalformedInput e) {
      throw CallerProblem.invalid("metadata", "Invalid 'metadata': " + e.getMessage() + ".");
    }
    return read(metadata);
  }

  private static CallLabels read(JsonMembers metadata) {
    Set<String> tags = CallLabels.tags(tags(metadata), "metadata.tags");
    String session = CallLabels.session(text(metadata, "session_id"), "metadata.session_id");
    String task = CallLabels.taskType(text(metadata, "task_type"), "metadata.task_type");
    boolean nothing = tags.isEmpty() && session.isEmpty() && task.isEmpty();
    return nothing ? CallLabels.NONE : new CallLabels(session, task, tags);
  }

  private static String text(JsonMembers metadata, String name) {
    int place = metadata.find(name);
    if (place < 0 || metadata.kind(place) == 'n') {
      return "";
    }
    if (metadata.kind(place) != '"') {
      throw RequestFields.wrong("metadata." + name, "a string");
    }
    return metadata.text(place);
  }

  /** OpenAI's clients can send texts only, so a list separated by commas counts too. */
  private static List<String> tags(JsonMembers metadata) {
    int place = metadata.find("tags");
    if (place < 0 || metadata.kind(place) == 'n' || metadata.kind(place) == '"') {
      return List.of(text(metadata, "tags"));
    }
    if (metadata.kind(place) != '[') {
      throw RequestFields.wrong("metadata.tags", "a string or a list of strings");
    }
    List<String> tags = new ArrayList<>();
    JsonNode list =
        StrictJson.tree(metadata.bytes(), metadata.valueStart(place), metadata.valueEnd(place));
    for (JsonNode tag : list) {
      if (!tag.isTextual()) {
        throw RequestFields.wrong("metadata.tags", "a list of strings");
      }
      tags.add(tag.textValue());
    }
    return tags;
  }
}
