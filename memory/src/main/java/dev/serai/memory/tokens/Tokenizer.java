package dev.serai.memory.tokens;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.AudioPart;
import dev.serai.core.chat.Conversation.FilePart;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ReasoningPart;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Conversation.Tool;
import dev.serai.core.chat.Conversation.ToolCallPart;
import dev.serai.core.model.TokenEstimator;
import java.lang.ref.SoftReference;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The estimate of tokens: the encodings of OpenAI's models stand for all others, and a picture, a
 * file or a piece of sound counts as much as a picture of middling size.
 *
 * <p>An encoding takes tens of megabytes: it is read at the first estimate, which takes some tenths
 * of a second, and let go when memory is short. A long text is counted at its beginning and taken
 * to go on like that, so that no estimate takes long. Thread-safe; not for an event loop.
 */
public final class Tokenizer implements TokenEstimator {
  /** What a message takes beside its text, and an answer's beginning, in OpenAI's chat format. */
  private static final int A_MESSAGE = 3;

  private static final int A_ROLE = 1;
  private static final int A_PICTURE = 1000;

  /** Characters of a text that are counted; the others are taken to be like them. */
  private static final int COUNTED = 256 * 1024;

  private static final List<String> OLDER =
      List.of("gpt-4-", "gpt-3.5", "text-embedding-", "gpt-4.0");

  private final Held newest = new Held(EncodingType.O200K_BASE);
  private final Held older = new Held(EncodingType.CL100K_BASE);

  /** The tokens of a text, for that model. */
  public long tokens(String model, String text) {
    return count(encoding(model), text);
  }

  @Override
  public long estimate(String model, Conversation conversation) {
    Encoding encoding = encoding(model);
    long tokens = A_MESSAGE;
    for (Message message : conversation.messages()) {
      tokens += A_MESSAGE + A_ROLE;
      for (Part part : message.parts()) {
        tokens +=
            switch (part) {
              case TextPart text -> count(encoding, text.text());
              case ReasoningPart thought -> count(encoding, thought.text());
              case ToolCallPart called ->
                  count(encoding, called.call().name())
                      + count(encoding, called.call().arguments());
              case ImagePart _, FilePart _, AudioPart _ -> A_PICTURE;
            };
      }
    }
    for (Tool tool : conversation.tools()) {
      tokens += A_MESSAGE + count(encoding, tool.name());
      tokens += count(encoding, tool.description().orElse(""));
      tokens += count(encoding, tool.parametersJson());
    }
    return tokens;
  }

  private static long count(Encoding encoding, String text) {
    if (text.length() <= COUNTED) {
      return encoding.countTokensOrdinary(text);
    }
    long counted = encoding.countTokensOrdinary(text.substring(0, COUNTED));
    return counted * text.length() / COUNTED;
  }

  private Encoding encoding(String model) {
    return (isOlder(model.toLowerCase(Locale.ROOT)) ? older : newest).get();
  }

  private static boolean isOlder(String model) {
    return model.equals("gpt-4") || OLDER.stream().anyMatch(model::startsWith);
  }

  /** An encoding as long as there is memory for it. */
  private static final class Held {
    private final EncodingType type;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile SoftReference<Encoding> encoding = new SoftReference<>(null);

    Held(EncodingType type) {
      this.type = type;
    }

    Encoding get() {
      Encoding there = encoding.get();
      return there != null ? there : read();
    }

    private Encoding read() {
      reading.lock();
      try {
        @Nullable Encoding there = encoding.get();
        if (there == null) {
          there = Encodings.newLazyEncodingRegistry().getEncoding(type);
          encoding = new SoftReference<>(there);
        }
        return there;
      } finally {
        reading.unlock();
      }
    }
  }
}
