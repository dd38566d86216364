package dev.serai.adapters.openai;

import static dev.serai.adapters.json.JsonOut.ascii;

import dev.serai.adapters.json.JsonCursor;
import dev.serai.adapters.json.JsonMembers;
import dev.serai.adapters.json.JsonOut;
import dev.serai.adapters.json.JsonSplice;
import dev.serai.adapters.json.MalformedInput;
import dev.serai.core.port.Dialect.Target;
import dev.serai.core.problem.CallerProblem;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a request for a provider from the caller's own bytes: the model's name, the wish for
 * usage, and what the provider's quirks ask for. Every other byte stays. For one request.
 */
final class RequestSplicer {
  private static final byte[] WITH_USAGE = ascii(",\"stream_options\":{\"include_usage\":true}");
  private static final byte[] OPTIONS = ascii("{\"include_usage\":true}");
  private static final byte[] FIRST_OPTION = ascii("\"include_usage\":true,");
  private static final byte[] TRUE = ascii("true");
  private static final byte[] MAX_TOKENS = ascii("\"max_tokens\"");
  private static final byte[] MAX_COMPLETION_TOKENS = ascii("\"max_completion_tokens\"");
  private static final byte[] SYSTEM = ascii("\"system\"");
  private static final byte[] NO_REASONING = ascii("\"reasoning_content\":\"\",");
  private static final byte[] JSON_OBJECT = ascii("{\"type\":\"json_object\"}");
  private static final byte[] NOTHING = new byte[0];

  private final byte[] bytes;
  private final OpenAiRequest request;
  private final JsonMembers members;
  private final Target target;
  private final JsonSplice splice;
  private List<String> dropped = List.of();
  private boolean kept;

  RequestSplicer(OpenAiRequest request, Target target) {
    this.request = request;
    this.bytes = request.bytes();
    this.members = request.members();
    this.target = target;
    this.splice = new JsonSplice(bytes);
  }

  /** What the provider is not told, by the caller's names; known after {@link #write}. */
  List<String> dropped() {
    return dropped;
  }

  /** The provider's bytes: the caller's very array if nothing is to be changed. */
  byte[] write() {
    int model = target.model().equals(request.model()) ? -1 : members.find("model");
    boolean askUsage =
        request.streaming() && !request.wantsUsage() && !Quirk.NO_STREAM_OPTIONS.of(target);
    int options = askUsage ? members.find("stream_options") : -1;
    boolean quirky = !target.provider().quirks().isEmpty();
    for (int i = 0; i < members.size(); i++) {
      if (i == model) {
        value(i, JsonOut.quoted(target.model()));
      } else if (i == options) {
        wishForUsage(i);
      } else if (quirky && isUnwanted(i)) {
        drop(i);
        continue;
      } else if (quirky) {
        adapt(i);
      }
      kept = true;
    }
    if (askUsage && options < 0) {
      splice.insert(members.valueEnd(members.size() - 1), WITH_USAGE);
    }
    return splice.apply();
  }

  private void value(int place, byte[] text) {
    splice.replace(members.valueStart(place), members.valueEnd(place), text);
  }

  private void wishForUsage(int place) {
    int from = members.valueStart(place);
    if (members.kind(place) != '{' || members.isEmpty(place)) {
      value(place, OPTIONS);
      return;
    }
    JsonMembers options = JsonMembers.at(bytes, from, members.valueEnd(place));
    int wish = options.find("include_usage");
    if (wish < 0) {
      splice.insert(from + 1, FIRST_OPTION);
    } else {
      splice.replace(options.valueStart(wish), options.valueEnd(wish), TRUE);
    }
  }

  private boolean isUnwanted(int place) {
    return switch (members.name(place)) {
      case "stream_options" -> Quirk.NO_STREAM_OPTIONS.of(target);
      case "parallel_tool_calls" -> Quirk.NO_PARALLEL_TOOL_CALLS.of(target);
      // Both names with one meaning: the one the provider knows stays.
      case "max_tokens" ->
          Quirk.MAX_COMPLETION_TOKENS.of(target) && members.find("max_completion_tokens") >= 0;
      case "max_completion_tokens" ->
          Quirk.MAX_TOKENS_ONLY.of(target) && members.find("max_tokens") >= 0;
      default -> false;
    };
  }

  /** Takes a member out, with the comma before it, or after it if nothing was kept yet. */
  private void drop(int place) {
    report(members.name(place));
    int from = kept ? members.valueEnd(place - 1) : members.memberStart(place);
    boolean last = place + 1 == members.size();
    int to = kept || last ? members.valueEnd(place) : members.memberStart(place + 1);
    splice.replace(from, to, NOTHING);
  }

  private void report(String name) {
    if (dropped.isEmpty()) {
      dropped = new ArrayList<>(2);
    }
    dropped.add(name);
  }

  private void adapt(int place) {
    switch (members.name(place)) {
      case "max_tokens" -> rename(Quirk.MAX_COMPLETION_TOKENS, place, MAX_COMPLETION_TOKENS);
      case "max_completion_tokens" -> rename(Quirk.MAX_TOKENS_ONLY, place, MAX_TOKENS);
      case "response_format" -> weakenSchema(place);
      case "messages" -> {
        if (Quirk.NO_DEVELOPER_ROLE.of(target) || Quirk.REASONING_CONTENT.of(target)) {
          messages(place);
        }
      }
      default -> {}
    }
  }

  private void rename(Quirk quirk, int place, byte[] name) {
    if (quirk.of(target)) {
      splice.replace(members.memberStart(place), members.nameEnd(place), name);
    }
  }

  private void weakenSchema(int place) {
    if (!Quirk.NO_JSON_SCHEMA.of(target) || members.kind(place) != '{') {
      return;
    }
    JsonMembers format = nested(members.valueStart(place), members.valueEnd(place));
    if (isText(format, "type", "json_schema")) {
      value(place, JSON_OBJECT);
      report("response_format.json_schema");
    }
  }

  private void messages(int place) {
    JsonCursor cursor =
        new JsonCursor().over(bytes, members.valueStart(place), members.valueEnd(place));
    cursor.enterArray();
    while (cursor.nextElement()) {
      int from = cursor.offset();
      boolean object = cursor.peek() == '{';
      cursor.skip();
      if (object) {
        message(from, nested(from, cursor.offset()));
      }
    }
  }

  private void message(int from, JsonMembers message) {
    if (Quirk.NO_DEVELOPER_ROLE.of(target) && isText(message, "role", "developer")) {
      int role = message.find("role");
      splice.replace(message.valueStart(role), message.valueEnd(role), SYSTEM);
    }
    int calls = message.find("tool_calls");
    if (Quirk.REASONING_CONTENT.of(target)
        && isText(message, "role", "assistant")
        && calls >= 0
        && message.kind(calls) == '['
        && message.find("reasoning_content") < 0) {
      splice.insert(from + 1, NO_REASONING);
    }
  }

  private JsonMembers nested(int from, int to) {
    try {
      return JsonMembers.at(bytes, from, to);
    } catch (MalformedInput e) {
      throw CallerProblem.invalid("The request's body is not valid: " + e.getMessage() + ".");
    }
  }

  private static boolean isText(JsonMembers object, String name, String text) {
    int place = object.find(name);
    return place >= 0 && object.kind(place) == '"' && object.text(place).equals(text);
  }
}
