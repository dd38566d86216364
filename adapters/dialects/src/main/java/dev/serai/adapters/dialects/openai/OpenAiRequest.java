package dev.serai.adapters.dialects.openai;

import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.request.ParsedChatRequest;
import dev.serai.adapters.dialects.tool.CustomTools;
import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.detail.DetailSupport;
import org.jspecify.annotations.Nullable;

/**
 * A chat completion request: the client's bytes and what routing needs of them.
 *
 * @see RequestReader
 */
final class OpenAiRequest extends ParsedChatRequest {
  private final boolean wantsUsage;
  // Two threads may both create it; the values are equal and safely published.
  private @Nullable CustomTools customTools;

  OpenAiRequest(JsonMembers members, String model, boolean streaming, boolean wantsUsage) {
    super(members, model, streaming);
    this.wantsUsage = wantsUsage;
  }

  @Override
  public boolean takesSeveralChoices() {
    return true;
  }

  @Override
  public String dialect() {
    return OpenAiDialect.NAME;
  }

  @Override
  public boolean wantsUsage() {
    return wantsUsage;
  }

  @Override
  public DetailSupport detailSupport() {
    return DetailSupport.WEB_PAGES;
  }

  /**
   * Whether the client declares its tools as the older {@code functions}: it reads calls of them in
   * {@code function_call} only.
   */
  boolean usesFunctions() {
    return hasArray("functions") && !hasArray("tools");
  }

  /** The tools that take plain text. */
  CustomTools customTools() {
    CustomTools known = customTools;
    if (known == null) {
      known = mentionsCustomTools() ? new CustomTools(conversation()) : CustomTools.NONE;
      customTools = known;
    }
    return known;
  }

  private boolean mentionsCustomTools() {
    int place = members().find("tools");
    return place >= 0 && members().json(place).contains("\"custom\"");
  }

  private boolean hasArray(String name) {
    int place = members().find(name);
    return place >= 0 && members().kind(place) == '[';
  }

  @Override
  protected Conversation parse() {
    return ConversationReader.read(members());
  }
}
