package dev.serai.adapters.dialects.openai;

import static dev.serai.core.json.JsonWriter.ascii;

import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.json.JsonSplice;
import dev.serai.adapters.dialects.openaiapi.Quirk;
import dev.serai.adapters.dialects.request.JsonInstruction;
import dev.serai.core.dialect.Destination;
import dev.serai.core.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes a provider's request by splicing the client's bytes: it replaces the model's name, asks
 * for the usage of a stream, and applies the provider's quirks. Every other byte stays. For one
 * request.
 */
final class RequestSplicer {
  private static final byte[] WITH_USAGE = ascii(",\"stream_options\":{\"include_usage\":true}");
  private static final byte[] OPTIONS = ascii("{\"include_usage\":true}");
  private static final byte[] FIRST_OPTION = ascii("\"include_usage\":true,");
  private static final byte[] TRUE = ascii("true");
  private static final byte[] MAX_TOKENS = ascii("\"max_tokens\"");
  private static final byte[] MAX_COMPLETION_TOKENS = ascii("\"max_completion_tokens\"");
  private static final byte[] RANDOM_SEED = ascii("\"random_seed\"");
  private static final byte[] ANY = ascii("\"any\"");
  private static final byte[] JSON_OBJECT = ascii("{\"type\":\"json_object\"}");
  private static final byte[] NOTHING = new byte[0];

  private final byte[] bytes;
  private final OpenAiRequest request;
  private final JsonMembers members;
  private final Destination destination;
  private final JsonSplice splice;
  private List<String> dropped = List.of();
  private boolean kept;
  private boolean refusedIds;

  RequestSplicer(OpenAiRequest request, Destination destination) {
    this.request = request;
    this.bytes = request.bytes();
    this.members = request.members();
    this.destination = destination;
    this.splice = new JsonSplice(bytes);
  }

  /** The client's fields that were not sent to the provider; known after {@link #write}. */
  List<String> dropped() {
    return dropped;
  }

  /** The provider's bytes: the client's array itself if nothing changes. */
  byte[] write() {
    int model = destination.model().equals(request.model()) ? -1 : members.find("model");
    boolean askUsage =
        request.streaming() && !request.wantsUsage() && !Quirk.NO_STREAM_OPTIONS.of(destination);
    int options = askUsage ? members.find("stream_options") : -1;
    boolean quirky = Quirk.any(destination);
    refusedIds = OpenAiDialect.mayHaveRefusedIds(members);
    int messages = refusedIds ? members.find("messages") : -1;
    for (int i = 0; i < members.size(); i++) {
      if (i == model) {
        value(i, JsonWriter.quoted(destination.model()));
      } else if (i == options) {
        requestUsage(i);
      } else if (quirky && isUnwanted(i)) {
        drop(i);
        continue;
      } else if (quirky) {
        adapt(i);
      } else if (i == messages) {
        messages(i);
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

  private void requestUsage(int place) {
    int from = members.valueStart(place);
    if (members.kind(place) != '{' || members.isEmpty(place)) {
      value(place, OPTIONS);
      return;
    }
    JsonMembers options = JsonMembers.at(bytes, from, members.valueEnd(place));
    int flag = options.find("include_usage");
    if (flag < 0) {
      splice.insert(from + 1, FIRST_OPTION);
    } else {
      splice.replace(options.valueStart(flag), options.valueEnd(flag), TRUE);
    }
  }

  private boolean isUnwanted(int place) {
    String name = members.name(place);
    // Both names have one meaning: the one that the provider knows stays.
    return switch (name) {
      case "max_tokens" ->
          Quirk.MAX_COMPLETION_TOKENS.of(destination) && members.find("max_completion_tokens") >= 0;
      case "max_completion_tokens" ->
          Quirk.MAX_TOKENS_ONLY.of(destination) && members.find("max_tokens") >= 0;
      case "logprobs" ->
          members.kind(place) == 'f' && Quirk.LOGPROBS_COUNT.of(destination)
              || Quirk.refuses(destination, name);
      default -> Quirk.refuses(destination, name);
    };
  }

  /** Removes a member with the comma before it, or after it if no member was kept yet. */
  private void drop(int place) {
    if (asksForSomething(place)) {
      report(members.name(place));
    }
    int from = kept ? members.valueEnd(place - 1) : members.memberStart(place);
    boolean last = place + 1 == members.size();
    int to = kept || last ? members.valueEnd(place) : members.memberStart(place + 1);
    splice.replace(from, to, NOTHING);
  }

  /** Whether the member has an effect: null has none, and false only where true is the default. */
  private boolean asksForSomething(int place) {
    return switch (members.kind(place)) {
      case 'n' -> false;
      case 'f' -> members.name(place).equals("parallel_tool_calls");
      default -> !isSaidOtherwise(members.name(place), place);
    };
  }

  private boolean isSaidOtherwise(String name, int place) {
    return name.equals("n") && members.count(place) == 1
        || name.equals("top_logprobs")
            && Quirk.LOGPROBS_COUNT.of(destination)
            && !Quirk.NO_LOGPROBS.of(destination);
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
      case "seed" -> rename(Quirk.RANDOM_SEED, place, RANDOM_SEED);
      case "logprobs" -> {
        if (Quirk.LOGPROBS_COUNT.of(destination) && members.kind(place) == 't') {
          value(place, topLogprobs());
        }
      }
      case "tool_choice" -> {
        if (Quirk.REQUIRED_IS_ANY.of(destination) && isText(members, "tool_choice", "required")) {
          value(place, ANY);
        }
      }
      case "messages" -> messages(place);
      default -> {}
    }
  }

  /** At least one: that of the token itself. */
  private byte[] topLogprobs() {
    int place = members.find("top_logprobs");
    long count = place < 0 ? 1 : members.count(place);
    return ascii(Long.toString(Math.max(count, 1)));
  }

  private void rename(Quirk quirk, int place, byte[] name) {
    if (quirk.of(destination)) {
      splice.replace(members.memberStart(place), members.nameEnd(place), name);
    }
  }

  private void weakenSchema(int place) {
    if (schemaToWeaken().isPresent()) {
      value(place, JSON_OBJECT);
      report("response_format.json_schema");
    }
  }

  private void messages(int place) {
    RequestMessageSplicer messages =
        new RequestMessageSplicer(bytes, splice, destination, refusedIds);
    schemaToWeaken().ifPresent(schema -> messages.instruct(instruction(schema)));
    messages.splice(members.valueStart(place), members.valueEnd(place));
    messages.dropped().forEach(this::report);
  }

  private static String instruction(JsonMembers format) {
    int place = format.find("json_schema");
    if (place >= 0 && format.kind(place) == '{') {
      JsonMembers wrapped = nested(format, place);
      int schema = wrapped.find("schema");
      if (schema >= 0 && wrapped.kind(schema) == '{') {
        return JsonInstruction.schema(wrapped.json(schema));
      }
    }
    return JsonInstruction.object();
  }

  /** The response format, if it has a schema and the provider supports none. */
  private Optional<JsonMembers> schemaToWeaken() {
    int place = members.find("response_format");
    if (place < 0 || members.kind(place) != '{' || !Quirk.NO_JSON_SCHEMA.of(destination)) {
      return Optional.empty();
    }
    return Optional.of(nested(members, place)).filter(f -> isText(f, "type", "json_schema"));
  }

  private static JsonMembers nested(JsonMembers object, int place) {
    return RequestMessageSplicer.nested(
        object.bytes(), object.valueStart(place), object.valueEnd(place));
  }

  private static boolean isText(JsonMembers object, String name, String text) {
    int place = object.find(name);
    return place >= 0 && object.kind(place) == '"' && object.text(place).equals(text);
  }
}
