package dev.serai.processors.support;

import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.Called;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.Reasoning;
import dev.serai.core.chat.Conversation.Text;
import dev.serai.core.chat.Conversation.Tool;

/** How many tokens a prompt has, about: four characters are one, a picture or a file is 258. */
public final class PromptSize {
  private static final int CHARACTERS_A_TOKEN = 4;
  private static final int TOKENS_A_PICTURE = 258;

  private PromptSize() {}

  /** Tokens of messages and tools together; at least one. */
  public static long estimate(Conversation conversation) {
    long characters = 0;
    long pictures = 0;
    for (Message message : conversation.messages()) {
      for (Part part : message.parts()) {
        switch (part) {
          case Text text -> characters += text.text().length();
          case Reasoning reasoning -> characters += reasoning.text().length();
          case Called called ->
              characters += called.call().name().length() + called.call().arguments().length();
          default -> pictures++;
        }
      }
    }
    for (Tool tool : conversation.tools()) {
      characters += tool.name().length() + tool.parametersJson().length();
      characters += tool.description().map(String::length).orElse(0);
    }
    long text = (characters + CHARACTERS_A_TOKEN - 1) / CHARACTERS_A_TOKEN;
    return Math.max(1, text + pictures * TOKENS_A_PICTURE);
  }
}
