package dev.serai.adapters.dialects.openai;

import static dev.serai.core.json.JsonWriter.ascii;

import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.json.JsonSplice;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.openaiapi.Quirk;
import dev.serai.adapters.dialects.tool.limit.CallIds;
import dev.serai.core.dialect.Destination;
import dev.serai.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Splices into a client's messages the changes that a provider's quirks and limits need. For one
 * request.
 */
final class RequestMessageSplicer {
  private static final byte[] SYSTEM = ascii("\"system\"");
  private static final byte[] NO_REASONING = ascii("\"reasoning_content\":\"\",");
  private static final byte[] NOTHING = new byte[0];

  private final byte[] bytes;
  private final JsonSplice splice;
  private final boolean noDeveloper;
  private final boolean noNames;
  private final boolean fitIds;
  private final CallIds ids;
  private final boolean reasoning;
  private final boolean strict;
  private final boolean noReasoning;
  private final Set<String> dropped = new LinkedHashSet<>();
  private String instruction = "";

  /**
   * @param refusedIds whether there may be ids of calls that OpenAI refuses
   */
  RequestMessageSplicer(
      byte[] bytes, JsonSplice splice, Destination destination, boolean refusedIds) {
    this.bytes = bytes;
    this.splice = splice;
    noDeveloper = Quirk.NO_DEVELOPER_ROLE.of(destination);
    noNames = Quirk.NO_NAMES.of(destination);
    fitIds = refusedIds || Quirk.SHORT_TOOL_IDS.of(destination);
    ids = new CallIds(OpenAiDialect.limits(destination).callIds());
    reasoning = Quirk.REASONING_CONTENT.of(destination);
    strict = Quirk.STRICT_MESSAGES.of(destination);
    noReasoning = Quirk.NO_REASONING_INPUT.of(destination);
  }

  /** Adds an instruction to the messages. */
  void instruct(String text) {
    instruction = text;
  }

  /** Splices the array of messages between two offsets. */
  void splice(int from, int to) {
    boolean changes = noDeveloper || noNames || fitIds || reasoning || strict || noReasoning;
    if (!changes && instruction.isEmpty()) {
      return;
    }
    JsonCursor cursor = new JsonCursor().over(bytes, from, to);
    cursor.enterArray();
    while (cursor.nextElement()) {
      int start = cursor.offset();
      boolean object = cursor.peek() == '{';
      cursor.skip();
      if (object) {
        JsonMembers message = nested(start, cursor.offset());
        addInstruction(message, start);
        message(message, start);
      }
    }
  }

  /** The names of removed members that had an effect. */
  Set<String> dropped() {
    return dropped;
  }

  /** As the end of the first message if that is an instruction, otherwise before it. */
  private void addInstruction(JsonMembers first, int from) {
    int content = first.find("content");
    boolean joins = isInstruction(first) && content >= 0 && first.kind(content) == '"';
    if (!instruction.isEmpty() && !joins) {
      String quoted = new String(JsonWriter.quoted(instruction), StandardCharsets.UTF_8);
      String message = "{\"role\":\"system\",\"content\":" + quoted + "},";
      splice.insert(from, message.getBytes(StandardCharsets.UTF_8));
      instruction = "";
    }
  }

  private static boolean isInstruction(JsonMembers message) {
    int role = message.find("role");
    return role >= 0 && (isText(message, role, "system") || isText(message, role, "developer"));
  }

  private void content(JsonMembers message, int place) {
    int refusal = strict && message.kind(place) == 'n' ? message.find("refusal") : -1;
    if (!instruction.isEmpty()) {
      byte[] quoted = JsonWriter.quoted("\n\n" + instruction);
      splice.insert(message.valueEnd(place) - 1, Arrays.copyOfRange(quoted, 1, quoted.length - 1));
      instruction = "";
    } else if (refusal >= 0 && message.kind(refusal) == '"') {
      byte[] text = message.json(refusal).getBytes(StandardCharsets.UTF_8);
      splice.replace(message.valueStart(place), message.valueEnd(place), text);
    }
  }

  private void message(JsonMembers message, int from) {
    ids.beginMessage();
    if (reasoning && wantsReasoning(message)) {
      splice.insert(from + 1, NO_REASONING);
    }
    boolean kept = false;
    for (int i = 0; i < message.size(); i++) {
      String name = message.name(i);
      if (isUnwanted(message, i)) {
        drop(message, i, kept);
        continue;
      }
      kept = true;
      switch (name) {
        case "role" -> {
          if (noDeveloper && isText(message, i, "developer")) {
            splice.replace(message.valueStart(i), message.valueEnd(i), SYSTEM);
          }
        }
        case "content" -> content(message, i);
        case "tool_call_id" -> fit(message, i, ids::ofResult);
        case "tool_calls" -> calls(message, i);
        default -> {}
      }
    }
  }

  private boolean isUnwanted(JsonMembers message, int place) {
    return switch (message.name(place)) {
      case "name" -> noNames;
      case "reasoning" -> noReasoning;
      case "function_call" -> strict && message.kind(place) == 'n';
      case "refusal", "annotations", "audio", "images", "reasoning_content", "reasoning_details" ->
          strict;
      default -> false;
    };
  }

  /** Whether the lost value meant something: a refusal that became the content is not lost. */
  private static boolean hadEffect(JsonMembers message, int place) {
    String name = message.name(place);
    if (message.kind(place) == 'n' || name.equals("annotations")) {
      return false;
    }
    int content = message.find("content");
    boolean moved = name.equals("refusal") && content >= 0 && message.kind(content) == 'n';
    return !moved && !message.json(place).equals("[]");
  }

  private void drop(JsonMembers message, int place, boolean kept) {
    boolean last = place + 1 == message.size();
    int from = kept ? message.valueEnd(place - 1) : message.memberStart(place);
    int to = kept || last ? message.valueEnd(place) : message.memberStart(place + 1);
    splice.replace(from, to, NOTHING);
    if (hadEffect(message, place)) {
      dropped.add("messages." + message.name(place));
    }
  }

  private static boolean wantsReasoning(JsonMembers message) {
    int role = message.find("role");
    int calls = message.find("tool_calls");
    return role >= 0
        && isText(message, role, "assistant")
        && calls >= 0
        && message.kind(calls) == '['
        && message.find("reasoning_content") < 0;
  }

  private void calls(JsonMembers message, int place) {
    if (!fitIds || message.kind(place) != '[') {
      return;
    }
    JsonCursor cursor =
        new JsonCursor().over(bytes, message.valueStart(place), message.valueEnd(place));
    cursor.enterArray();
    while (cursor.nextElement()) {
      int start = cursor.offset();
      boolean object = cursor.peek() == '{';
      cursor.skip();
      if (object) {
        JsonMembers call = nested(start, cursor.offset());
        int id = call.find("id");
        if (id >= 0) {
          fit(call, id, ids::ofCall);
        }
      }
    }
  }

  private void fit(JsonMembers object, int place, UnaryOperator<String> fit) {
    if (!fitIds || object.kind(place) != '"') {
      return;
    }
    String id = object.text(place);
    String fitted = fit.apply(id);
    if (!fitted.equals(id)) {
      splice.replace(object.valueStart(place), object.valueEnd(place), JsonWriter.quoted(fitted));
    }
  }

  private JsonMembers nested(int from, int to) {
    return nested(bytes, from, to);
  }

  /** The members of an object inside a request. */
  static JsonMembers nested(byte[] bytes, int from, int to) {
    try {
      return JsonMembers.at(bytes, from, to);
    } catch (MalformedInput e) {
      throw StrictJson.located(e, bytes).ofRequest();
    }
  }

  private static boolean isText(JsonMembers object, int place, String text) {
    return object.kind(place) == '"' && object.text(place).equals(text);
  }
}
