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
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Estimates tokens with the encodings of OpenAI's models, for all other models too. An image, a
 * file or an audio clip counts as a constant.
 *
 * <p>An encoding takes tens of megabytes. It is loaded at the first estimate, which takes some
 * tenths of a second, and released when memory is short. An estimate counts so much of a request
 * and extrapolates the rest, so that it never takes long: see {@link BoundedCount}. Thread-safe;
 * not for an event loop.
 */
public final class Tokenizer implements TokenEstimator {
  /** Tokens of a message besides its text, and of the start of a response, in OpenAI's format. */
  private static final int PER_MESSAGE = 3;

  private static final int PER_ROLE = 1;
  private static final int PER_ATTACHMENT = 1000;

  private static final List<String> OLDER =
      List.of("gpt-4-", "gpt-3.5", "text-embedding-", "gpt-4.0");

  private final CachedEncoding newest = new CachedEncoding(EncodingType.O200K_BASE);
  private final CachedEncoding older = new CachedEncoding(EncodingType.CL100K_BASE);

  @Override
  public long tokens(String model, String text) {
    return counter(model).applyAsLong(text);
  }

  @Override
  public ToLongFunction<String> counter(String model) {
    return new BoundedCount(encoding(model));
  }

  @Override
  public long estimate(String model, Conversation conversation) {
    ToLongFunction<String> counter = counter(model);
    long tokens = PER_MESSAGE;
    for (Message message : conversation.messages()) {
      tokens += PER_MESSAGE + PER_ROLE;
      for (Part part : message.parts()) {
        tokens +=
            switch (part) {
              case TextPart text -> counter.applyAsLong(text.text());
              case ReasoningPart reasoning -> counter.applyAsLong(reasoning.text());
              case ToolCallPart called ->
                  counter.applyAsLong(called.call().name())
                      + counter.applyAsLong(called.call().arguments());
              case ImagePart _, FilePart _, AudioPart _ -> PER_ATTACHMENT;
            };
      }
    }
    for (Tool tool : conversation.tools()) {
      tokens += PER_MESSAGE + counter.applyAsLong(tool.name());
      tokens += counter.applyAsLong(tool.description().orElse(""));
      tokens += counter.applyAsLong(tool.parametersJson());
    }
    return tokens;
  }

  private Encoding encoding(String model) {
    return (isOlder(model.toLowerCase(Locale.ROOT)) ? older : newest).get();
  }

  private static boolean isOlder(String model) {
    return model.equals("gpt-4") || OLDER.stream().anyMatch(model::startsWith);
  }

  /** An encoding that is released when memory is short. */
  private static final class CachedEncoding {
    private final EncodingType type;
    private final ReentrantLock loading = new ReentrantLock();
    private volatile SoftReference<Encoding> encoding = new SoftReference<>(null);

    CachedEncoding(EncodingType type) {
      this.type = type;
    }

    Encoding get() {
      Encoding cached = encoding.get();
      return cached != null ? cached : load();
    }

    private Encoding load() {
      loading.lock();
      try {
        @Nullable Encoding cached = encoding.get();
        if (cached == null) {
          cached = Encodings.newLazyEncodingRegistry().getEncoding(type);
          encoding = new SoftReference<>(cached);
        }
        return cached;
      } finally {
        loading.unlock();
      }
    }
  }
}
