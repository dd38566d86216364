package dev.serai.processors.chat;

import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.Audio;
import dev.serai.core.chat.Conversation.Called;
import dev.serai.core.chat.Conversation.File;
import dev.serai.core.chat.Conversation.Image;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.Reasoning;
import dev.serai.core.chat.Conversation.Text;
import dev.serai.core.chat.Conversation.Tool;
import dev.serai.core.port.TokenEstimator;

/**
 * An estimate from lengths alone: four characters a token, and a picture or file as much as one of
 * middling size. Immutable.
 */
public final class TokensByLength implements TokenEstimator {
  private static final int CHARACTERS_A_TOKEN = 4;
  private static final int A_MESSAGE = 4;
  private static final int A_PICTURE = 1600;

  @Override
  public long tokens(String model, Conversation conversation) {
    long characters = 0;
    long others = 0;
    for (Message message : conversation.messages()) {
      others += A_MESSAGE;
      for (Part part : message.parts()) {
        switch (part) {
          case Text text -> characters += text.text().length();
          case Reasoning thought -> characters += thought.text().length();
          case Called called ->
              characters += called.call().name().length() + called.call().arguments().length();
          case Image _, File _, Audio _ -> others += A_PICTURE;
        }
      }
    }
    for (Tool tool : conversation.tools()) {
      others += A_MESSAGE;
      characters += tool.name().length() + tool.parametersJson().length();
      characters += tool.description().orElse("").length();
    }
    return others + (characters + CHARACTERS_A_TOKEN - 1) / CHARACTERS_A_TOKEN;
  }
}
