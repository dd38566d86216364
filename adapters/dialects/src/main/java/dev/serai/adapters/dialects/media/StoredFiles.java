package dev.serai.adapters.dialects.media;

import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.FilePart;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.UploadedSource;
import dev.serai.core.dialect.Destination;
import dev.serai.core.problem.CallerProblem;
import java.util.Optional;

/**
 * Refuses translated requests that name a file which another vendor stores. The form of an ID says
 * which vendor made it: {@code file-...} (Azure also {@code assistant-...}) OpenAI, {@code
 * file_...} Anthropic, and {@code files/...} or a URI Google. A provider judges other IDs itself. A
 * prompt that OpenAI stores is known to its Responses API only.
 */
public enum StoredFiles {
  OPENAI("OpenAI"),
  ANTHROPIC("Anthropic"),
  GOOGLE("Google"),
  /** A vendor without uploaded files. */
  NONE("");

  private static final int MAX_ID = 100;

  private final String vendor;

  StoredFiles(String vendor) {
    this.vendor = vendor;
  }

  /**
   * Checks the files and the prompt of a conversation for a provider with this store.
   *
   * @throws CallerProblem 400 if another vendor stores one
   */
  public void require(Conversation conversation, Destination destination) {
    String prompt = conversation.unknown().getOrDefault("prompt", "");
    if (prompt.startsWith("{") && prompt.contains("\"id\":")) {
      throw foreignPrompt();
    }
    for (Conversation.Message message : conversation.messages()) {
      for (Part part : message.parts()) {
        idOf(part).filter(this::isForeign).ifPresent(id -> refuse(id, destination));
      }
    }
  }

  /** The problem of a request that names a prompt which OpenAI stores. */
  public static CallerProblem foreignPrompt() {
    return CallerProblem.invalid(
        "prompt",
        "A prompt that OpenAI stores cannot be sent to a provider of another API. Send its text in"
            + " 'instructions' and 'input'.");
  }

  private static Optional<String> idOf(Part part) {
    return switch (part) {
      case ImagePart(UploadedSource(String id), var _, var _) -> Optional.of(id);
      case FilePart(UploadedSource(String id), var _, var _, var _) -> Optional.of(id);
      default -> Optional.empty();
    };
  }

  private boolean isForeign(String id) {
    return owner(id).map(owner -> owner != this).orElse(this == NONE || this == GOOGLE);
  }

  private static Optional<StoredFiles> owner(String id) {
    if (id.startsWith("file-") || id.startsWith("assistant-")) {
      return Optional.of(OPENAI);
    }
    if (id.startsWith("file_")) {
      return Optional.of(ANTHROPIC);
    }
    boolean google = id.startsWith("files/") || id.indexOf(':') >= 0;
    return google ? Optional.of(GOOGLE) : Optional.empty();
  }

  private void refuse(String id, Destination destination) {
    String provider = "'" + destination.provider().name() + "'";
    String stored = owner(id).map(owner -> ", which " + owner.vendor + " stores,").orElse("");
    String upload =
        this == NONE ? "" : ", upload it to " + provider + " and use the ID that it gets there";
    throw CallerProblem.invalid(
        "messages",
        "The provider "
            + provider
            + " cannot read the file '"
            + (id.length() <= MAX_ID ? id : id.substring(0, MAX_ID) + "...")
            + "'"
            + stored
            + " by its ID. Send the file's data in the request"
            + upload
            + ", or use a model of the provider that stores it.");
  }
}
