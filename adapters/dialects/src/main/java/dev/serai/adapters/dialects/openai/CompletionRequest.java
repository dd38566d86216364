package dev.serai.adapters.dialects.openai;

import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.request.ParsedChatRequest;
import dev.serai.core.chat.Conversation;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.request.ResponseBounds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A request to the older completions API: a prompt instead of messages. Providers that have the API
 * get the client's bytes; for others the prompt becomes a chat's user message.
 */
final class CompletionRequest extends ParsedChatRequest {
  /** The dialect of its bytes. */
  static final String DIALECT = "openai-completions";

  /** Members that chat completions do not have. */
  private static final Set<String> LEGACY = Set.of("suffix", "echo", "best_of", "logprobs");

  private final OpenAiRequest own;

  /**
   * @param own the client's bytes
   */
  CompletionRequest(OpenAiRequest own) {
    super(own.members(), own.model(), own.streaming());
    this.own = own;
  }

  /** The client's bytes, for a provider that has the completions API. */
  OpenAiRequest own() {
    return own;
  }

  /** The same request as a chat, without the members that chats do not have. */
  OpenAiRequest asChat() {
    return new OpenAiRequest(chat(true), own.model(), own.streaming(), own.wantsUsage());
  }

  /** The members that {@link #asChat} leaves out although the client set them. */
  List<String> droppedAsChat() {
    JsonMembers members = own.members();
    List<String> dropped = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      if (LEGACY.contains(members.name(i)) && "nf".indexOf(members.kind(i)) < 0) {
        dropped.add(members.name(i));
      }
    }
    return dropped;
  }

  private JsonMembers chat(boolean withoutLegacy) {
    JsonMembers members = own.members();
    JsonWriter out = new JsonWriter(own.bytes().length + 64).beginObject();
    out.name("messages").beginArray().beginObject().member("role", "user");
    out.name("content").json(prompt()).endObject().endArray();
    for (int i = 0; i < members.size(); i++) {
      String name = members.name(i);
      if (!name.equals("prompt") && !(withoutLegacy && LEGACY.contains(name))) {
        out.name(name).json(members.json(i));
      }
    }
    return JsonMembers.of(out.endObject().bytes());
  }

  private String prompt() {
    JsonMembers members = own.members();
    int place = members.find("prompt");
    if (place < 0 || members.kind(place) == 'n') {
      return "\"\"";
    }
    if (members.kind(place) == '"') {
      return members.json(place);
    }
    byte[] bytes = members.bytes();
    JsonCursor cursor =
        new JsonCursor().over(bytes, members.valueStart(place), members.valueEnd(place));
    cursor.enterArray();
    int from = cursor.nextElement() && cursor.peek() == '"' ? cursor.offset() : -1;
    if (from < 0) {
      throw unmappable();
    }
    cursor.string();
    int to = cursor.offset();
    if (cursor.nextElement()) {
      throw unmappable();
    }
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  private static CallerProblem unmappable() {
    return CallerProblem.invalid(
        "prompt",
        "Several prompts and prompts of token numbers can only be forwarded unchanged, to a"
            + " provider with the completions API. Send one prompt as text.");
  }

  /** Every prompt of a list has responses of its own. */
  @Override
  public ResponseBounds bounds() {
    ResponseBounds each = super.bounds();
    return new ResponseBounds(each.maxTokens(), each.choices() * prompts(), each.tier());
  }

  /** A list of numbers is one prompt, as tokens. */
  private long prompts() {
    JsonMembers members = own.members();
    int place = members.find("prompt");
    if (place < 0 || members.kind(place) != '[') {
      return 1;
    }
    JsonCursor cursor =
        new JsonCursor().over(members.bytes(), members.valueStart(place), members.valueEnd(place));
    cursor.enterArray();
    long prompts = 0;
    while (cursor.nextElement()) {
      if (cursor.peek() != '"' && cursor.peek() != '[') {
        return 1;
      }
      prompts++;
      cursor.skip();
    }
    return Math.max(1, prompts);
  }

  @Override
  public boolean takesSeveralChoices() {
    return true;
  }

  @Override
  public String dialect() {
    return DIALECT;
  }

  @Override
  public boolean wantsUsage() {
    return own.wantsUsage();
  }

  @Override
  protected Conversation parse() {
    return ConversationReader.read(chat(false));
  }
}
