package dev.serai.core.features;

import dev.serai.core.chat.Conversation.Role;
import dev.serai.core.model.Capability;
import dev.serai.core.model.Modality;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Collects the outline of a request. Messages are added in order, each between {@link #begin} and
 * {@link #end}; system prompts that are not messages come first. Not thread-safe.
 */
public final class OutlineBuilder {
  private static final int SYSTEM = 512;
  private static final int OPENING = 512;
  private static final int QUESTION_HEAD = 2048;
  private static final int QUESTION_TAIL = 1024;

  /** As the estimate of the whole tokenizer counts one. */
  private static final long PER_MEDIA = 1_000_000;

  private static final long PER_TURN = 8_000;

  private final EnumSet<Capability> needs = EnumSet.noneOf(Capability.class);
  private final EnumSet<Modality> inputs = EnumSet.of(Modality.TEXT);
  private final Pieces system = new Pieces();
  private Pieces opening = new Pieces();
  private Pieces question = new Pieces();
  private Pieces current = new Pieces();
  private Role author = Role.SYSTEM;
  private long milliTokens = 3_000;
  private int turns;
  private int media;
  private int openingMedia;
  private int calls;

  /** The kind of content that a media type names; a file if it names no other. */
  public static Modality kindOf(String mediaType) {
    return mediaType.startsWith("image/")
        ? Modality.IMAGE
        : mediaType.startsWith("audio/")
            ? Modality.AUDIO
            : mediaType.startsWith("video/") ? Modality.VIDEO : Modality.FILE;
  }

  /** Begins a message. */
  public void begin(Role role) {
    author = role;
    current = new Pieces();
    media = 0;
    calls = role == Role.ASSISTANT ? calls : 0;
  }

  /** Adds a text of the message. */
  public void text(Excerpt text) {
    weigh(text);
    if (author == Role.USER) {
      current.add(text);
    } else if (turns == 0 && (author == Role.SYSTEM || author == Role.DEVELOPER)) {
      system.add(text);
    }
  }

  /** Adds an image, a file or an audio clip of the message. */
  public void media(Modality kind) {
    inputs.add(kind);
    milliTokens += PER_MEDIA;
    media++;
  }

  /** Adds an image, a file or an audio clip of a tool's result. */
  public void resultMedia(Modality kind) {
    inputs.add(kind);
    milliTokens += PER_MEDIA;
  }

  /** Adds a tool call of the model. Several before the next message are parallel. */
  public void call() {
    calls++;
    if (calls > 1) {
      needs.add(Capability.PARALLEL_TOOLS);
    }
  }

  /** Adds the result of a tool call. */
  public void result() {
    calls = 0;
  }

  /** Adds text that counts for the size only. */
  public void weigh(Excerpt text) {
    milliTokens += text.milliTokens();
  }

  /** Adds ASCII text that counts for the size only. */
  public void weigh(long characters) {
    milliTokens += Excerpt.milliTokens(characters, 0, 0, 0);
  }

  /** Ends a message. */
  public void end() {
    if (author != Role.USER || current.isEmpty() && media == 0) {
      return;
    }
    if (turns == 0) {
      opening = current;
      openingMedia = media;
    }
    if (!current.isEmpty()) {
      question = current;
    }
    turns++;
    milliTokens += PER_TURN;
  }

  /** Notes that the model must be able to do something. */
  public void need(Capability capability) {
    needs.add(capability);
  }

  /** The outline of what was added. A schema asks for more than JSON of any kind. */
  public PromptOutline build() {
    if (needs.contains(Capability.STRUCTURED_OUTPUT)) {
      needs.remove(Capability.JSON_MODE);
    }
    return new PromptOutline(
        system.head(SYSTEM),
        opening.head(OPENING),
        question.ends(QUESTION_HEAD, QUESTION_TAIL),
        PrefixKeys.of(system, opening, openingMedia),
        milliTokens / 1000,
        turns,
        unmodifiable(needs),
        unmodifiable(inputs));
  }

  private static <E extends Enum<E>> Set<E> unmodifiable(EnumSet<E> values) {
    return Collections.unmodifiableSet(values);
  }
}
