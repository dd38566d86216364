package dev.serai.memory.ledger;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.chat.Usage;
import dev.serai.core.request.ModelRequest;
import java.lang.ref.SoftReference;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that no provider counted. The encodings of OpenAI's models stand for all others. Confined
 * to one thread but for the static methods, which are pure and quick. An encoding takes tens of
 * megabytes: it is read at the first estimate and let go when memory is short.
 */
final class Estimates {
  /** What a message takes beside its text, and an answer's beginning, in OpenAI's chat format. */
  private static final int A_MESSAGE = 3;

  private static final int BYTES_A_TOKEN = 4;
  private static final List<String> OLDER =
      List.of("gpt-4-", "gpt-3.5", "text-embedding-", "gpt-4.0");

  private SoftReference<Encoding> newest = new SoftReference<>(null);
  private SoftReference<Encoding> older = new SoftReference<>(null);

  /** A first guess, from the sizes alone. */
  static Usage rough(ModelRequest request, int pieces) {
    return Usage.of(Math.max(1, request.bytes().length / BYTES_A_TOKEN), pieces);
  }

  /** The provider was cut short: it counted the prompt, and what of the answer had come. */
  static Usage cutShort(Usage counted, int pieces) {
    return new Usage(
        counted.input(),
        Math.max(counted.output(), pieces),
        counted.cached(),
        counted.cacheWritten(),
        counted.reasoning(),
        counted.cacheWrittenHour(),
        counted.audioInput(),
        counted.audioOutput(),
        counted.tier());
  }

  /** The tokens of a text, for that model. */
  int tokens(String model, String text) {
    return encoding(model).countTokensOrdinary(text);
  }

  /** The tokens of a prompt, for that model: what its messages and tools say in words. */
  int tokens(String model, Conversation conversation) {
    Encoding encoding = encoding(model);
    int tokens = A_MESSAGE;
    for (Conversation.Message message : conversation.messages()) {
      tokens += A_MESSAGE + 1;
      for (Conversation.Part part : message.parts()) {
        if (part instanceof Conversation.Text text) {
          tokens += encoding.countTokensOrdinary(text.text());
        }
      }
      for (ToolCall call : message.toolCalls()) {
        tokens += encoding.countTokensOrdinary(call.name() + call.arguments());
      }
    }
    for (Conversation.Tool tool : conversation.tools()) {
      String text = tool.name() + tool.description().orElse("") + tool.parametersJson();
      tokens += encoding.countTokensOrdinary(text);
    }
    return tokens;
  }

  private Encoding encoding(String model) {
    if (isOlder(model.toLowerCase(Locale.ROOT))) {
      Encoding read = read(older.get(), EncodingType.CL100K_BASE);
      older = new SoftReference<>(read);
      return read;
    }
    Encoding read = read(newest.get(), EncodingType.O200K_BASE);
    newest = new SoftReference<>(read);
    return read;
  }

  private static Encoding read(@Nullable Encoding held, EncodingType type) {
    return held != null ? held : Encodings.newLazyEncodingRegistry().getEncoding(type);
  }

  private static boolean isOlder(String model) {
    return model.equals("gpt-4") || OLDER.stream().anyMatch(model::startsWith);
  }
}
