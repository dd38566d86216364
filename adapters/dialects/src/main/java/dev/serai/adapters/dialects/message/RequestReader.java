package dev.serai.adapters.dialects.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.request.CallLabels;
import dev.serai.core.session.SessionFacts;
import dev.serai.core.session.SessionMessage;
import dev.serai.core.session.SessionProblems;
import dev.serai.core.text.KnownNames;
import java.util.Optional;
import java.util.Set;

/** Reads a request and checks its members. A member that is null counts as absent. Pure. */
final class RequestReader {
  /** The members that a request may have. */
  static final Set<String> KNOWN =
      Set.of("content", "session_id", "role", "message_type", "metadata");

  private final JsonMembers members;
  private final JsonNode body;

  private RequestReader(JsonMembers members) {
    this.members = members;
    try {
      this.body = StrictJson.tree(members.bytes());
    } catch (MalformedInput e) {
      throw e.ofRequest();
    }
  }

  static PostedMessage read(byte[] bytes, String model, boolean streaming) {
    JsonMembers members = JsonMembers.ofRequest(bytes);
    RequestReader reader = new RequestReader(members);
    refuseMisspelt(members);
    reader.only("role", SessionMessage.Role.USER.label());
    reader.only("message_type", SessionMessage.Type.TEXT.label());
    PostedMessage.Fields fields =
        new PostedMessage.Fields(reader.content(), reader.session(), reader.metadata());
    return new PostedMessage(members, model, streaming, fields);
  }

  /** Other members have no effect: the client is not to think that a misspelt one had one. */
  private static void refuseMisspelt(JsonMembers members) {
    Optional<String> misspelt = KnownNames.misspelt(members.names(), KNOWN);
    if (misspelt.isPresent()) {
      String name = misspelt.get();
      throw CallerProblem.invalid(
          name, "Unknown member '" + name + "'. " + KnownNames.hint(name, KNOWN));
    }
  }

  private String content() {
    String content = text("content").orElse("");
    if (content.isBlank()) {
      throw CallerProblem.invalid("content", "'content' must be a text that is not blank.");
    }
    if (content.getBytes(UTF_8).length > SessionMessage.MAX_BYTES) {
      throw SessionProblems.tooLarge();
    }
    return content;
  }

  private String session() {
    return CallLabels.session(text("session_id").orElse(""), "session_id");
  }

  /** The other roles and types have messages that no model answers. */
  private void only(String name, String value) {
    if (!text(name).orElse(value).equals(value)) {
      throw CallerProblem.invalid(
          name,
          "'"
              + name
              + "' must be "
              + value
              + ": a model answers texts of the user. POST /v1/sessions/{id}/messages adds other"
              + " messages.");
    }
  }

  private String metadata() {
    JsonNode value = body.path("metadata");
    if (isAbsent(value)) {
      return SessionFacts.EMPTY;
    }
    int place = members.find("metadata");
    if (!value.isObject()
        || members.valueEnd(place) - members.valueStart(place) > SessionFacts.MAX_BYTES) {
      throw CallerProblem.invalid(
          "metadata",
          "'metadata' must be an object of at most " + SessionFacts.MAX_BYTES + " bytes.");
    }
    return members.json(place);
  }

  private Optional<String> text(String name) {
    JsonNode value = body.path(name);
    if (isAbsent(value)) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw CallerProblem.invalid(name, "'" + name + "' must be a text.");
    }
    return Optional.of(value.textValue());
  }

  private static boolean isAbsent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }
}
