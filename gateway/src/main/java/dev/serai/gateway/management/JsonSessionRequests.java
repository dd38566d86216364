package dev.serai.gateway.management;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.session.Session;
import dev.serai.core.session.SessionFacts;
import dev.serai.core.session.SessionMessage;
import dev.serai.core.session.SessionMessage.Content;
import dev.serai.core.session.SessionProblems;
import dev.serai.core.session.SessionRequests;
import dev.serai.core.session.SessionStore;
import dev.serai.core.text.KnownNames;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads the JSON of requests about sessions; refuses members that it does not know. Pure. */
final class JsonSessionRequests implements SessionRequests {
  private static final Set<String> OF_NEW =
      Set.of("metadata", "preferences", "variables", "context", "ttl_seconds");
  private static final Set<String> OF_CHANGE =
      Set.of("metadata", "preferences", "variables", "context", "status");
  private static final Set<String> OF_MESSAGE =
      Set.of("content", "role", "message_type", "metadata", "pinned");
  private static final double MAX_LIFE = Duration.ofDays(3660).toSeconds();

  @Override
  public NewSession readNew(byte[] json) {
    RequestObject request = RequestObject.read(json, OF_NEW);
    return new NewSession(
        request.member("ttl_seconds").map(JsonSessionRequests::life),
        SessionFacts.NONE.with(facts(json, request)));
  }

  @Override
  public SessionStore.Change readChange(byte[] json) {
    RequestObject request = RequestObject.read(json, OF_CHANGE);
    Optional<Session.Status> status =
        request
            .member("status")
            .map(
                value ->
                    Session.Status.find(value.asText())
                        .filter(one -> one != Session.Status.EXPIRED)
                        .orElseThrow(
                            () ->
                                CallerProblem.invalid(
                                    "status",
                                    "'status' must be one of active, completed, paused.")));
    return new SessionStore.Change(status, facts(json, request));
  }

  @Override
  public Content readMessage(byte[] json) {
    RequestObject request = RequestObject.read(json, OF_MESSAGE);
    return new Content(
        named(request, "role", SessionMessage.Role.labels(), SessionMessage.Role::find)
            .orElse(SessionMessage.Role.USER),
        named(request, "message_type", SessionMessage.Type.labels(), SessionMessage.Type::find)
            .orElse(SessionMessage.Type.TEXT),
        text(request),
        object(json, request, "metadata").orElse(SessionFacts.NONE.metadata()),
        false,
        request.flag("pinned").orElse(false));
  }

  @Override
  public Map<String, String> texts(String json) {
    Map<String, String> texts = new HashMap<>();
    StrictJson.tree(json.getBytes(UTF_8))
        .properties()
        .forEach(
            member -> {
              if (member.getValue().isTextual()) {
                texts.put(member.getKey(), member.getValue().textValue());
              }
            });
    return texts;
  }

  private static String text(RequestObject request) {
    String text =
        request
            .member("content")
            .map(
                value ->
                    RequestObject.unloggedText(
                        value, "content", said -> !said.isBlank(), "must be a text"))
            .orElseThrow(
                () ->
                    CallerProblem.invalid(
                        "content", "'content', the text of the message, is missing."));
    if (text.getBytes(UTF_8).length > SessionMessage.MAX_BYTES) {
      throw SessionProblems.tooLarge();
    }
    return text;
  }

  private static <T> Optional<T> named(
      RequestObject request,
      String member,
      List<String> known,
      Function<String, Optional<T>> find) {
    return request
        .member(member)
        .map(
            value ->
                find.apply(value.asText())
                    .orElseThrow(
                        () ->
                            CallerProblem.invalid(
                                member, KnownNames.mustBe(member, value.asText(), known))));
  }

  private static SessionFacts.Changes facts(byte[] json, RequestObject request) {
    return new SessionFacts.Changes(
        object(json, request, "metadata"),
        object(json, request, "preferences"),
        object(json, request, "variables"),
        object(json, request, "context"));
  }

  /** A member that is an object, as it was written. */
  private static Optional<String> object(byte[] json, RequestObject request, String member) {
    Optional<JsonNode> value = request.member(member);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    JsonMembers members = JsonMembers.of(json);
    int place = members.find(member);
    int from = members.valueStart(place);
    int to = members.valueEnd(place);
    if (!value.get().isObject() || to - from > SessionFacts.MAX_BYTES) {
      throw CallerProblem.invalid(
          member,
          "'" + member + "' must be an object of at most " + SessionFacts.MAX_BYTES + " bytes.");
    }
    return Optional.of(new String(Arrays.copyOfRange(json, from, to), UTF_8));
  }

  private static Duration life(JsonNode value) {
    double seconds = value.isNumber() ? value.doubleValue() : 0;
    if (!(seconds >= 1 && seconds <= MAX_LIFE)) {
      throw CallerProblem.invalid(
          "ttl_seconds", "'ttl_seconds' must be a number of seconds, 1 to ten years.");
    }
    return Duration.ofMillis(Math.round(seconds * 1000));
  }
}
