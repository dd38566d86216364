package dev.serai.processors.feedback;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ReasoningPart;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Conversation.ToolCallPart;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * A hash of what a caller has asked, from which the texts cannot be found. Equal prompts of a
 * caller have equal hashes, in the form of every API and with every mark for a cache. Immutable.
 */
record PromptHash(long first, long second) {
  private static final String ALGORITHM = "SHA-256";

  /**
   * The hash of some messages.
   *
   * @param salt random bytes, which stay the same
   * @param owner whose messages they are
   */
  static PromptHash of(byte[] salt, String owner, List<Message> messages) {
    MessageDigest digest = sha256();
    digest.update(salt);
    add(digest, owner);
    for (Message message : messages) {
      add(digest, message.role().name());
      message.parts().forEach(part -> add(digest, part));
    }
    ByteBuffer bytes = ByteBuffer.wrap(digest.digest());
    return new PromptHash(bytes.getLong(), bytes.getLong());
  }

  /**
   * A client need not send back the reasoning of a model, and the IDs of calls are made anew where
   * an API has none.
   */
  private static void add(MessageDigest digest, Part part) {
    switch (part) {
      case TextPart text -> add(digest, text.text());
      case ToolCallPart called -> {
        add(digest, called.call().name());
        add(digest, called.call().arguments());
      }
      case ReasoningPart _ -> {}
      default -> add(digest, Integer.toString(part.hashCode()));
    }
  }

  /** The length comes first, so that texts that are divided in another way differ. */
  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance(ALGORITHM);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
