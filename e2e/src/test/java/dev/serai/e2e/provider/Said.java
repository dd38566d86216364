package dev.serai.e2e.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a cassette's model says, whatever the grammar: pieces in order, and why it stopped in
 * OpenAI's words (stop, length, tool_calls, refusal).
 */
public record Said(List<Piece> pieces, String finish, Counts counts) {
  /** Tokens that every cassette reports: for the prompt, of it from a cache, for the answer. */
  public static final int PROMPT = 11;

  public static final int CACHED = 3;
  public static final int COMPLETION = 7;

  /**
   * The tokens that a provider reports of it.
   *
   * @param prompt all of the prompt
   * @param cached of it from a cache, where the grammar has a word for that
   * @param completion of the answer
   */
  public record Counts(int prompt, int cached, int completion) {}

  /** With the tokens that every cassette reports. */
  public Said(List<Piece> pieces, String finish) {
    this(pieces, finish, new Counts(PROMPT, CACHED, COMPLETION));
  }

  /** One thing said. */
  public sealed interface Piece permits Reasoning, Text, ToolCall {}

  /** What it thinks before it speaks; signed where the grammar has signatures. */
  public record Reasoning(String text, String signature) implements Piece {}

  /** A few letters of text: one event of a stream. */
  public record Text(String text) implements Piece {}

  /** A call of a tool; its arguments come in fragments. */
  public record ToolCall(String id, String name, List<String> fragments) implements Piece {
    /** The arguments in one. */
    public String arguments() {
      return String.join("", fragments);
    }
  }

  /** Says these, one event each, and stops. */
  public static Said text(String... texts) {
    return new Said(List.of(texts).stream().<Piece>map(Text::new).toList(), "stop");
  }

  /** Says so many numbers, one event each. */
  public static Said counting(int events) {
    List<Piece> pieces = new ArrayList<>(events);
    for (int i = 0; i < events; i++) {
      pieces.add(new Text(i + " "));
    }
    return new Said(List.copyOf(pieces), "stop");
  }

  /** The same for another reason. */
  public Said endingWith(String reason) {
    return new Said(pieces, reason, counts);
  }

  /** The same with other tokens. */
  Said counting(Counts other) {
    return new Said(pieces, finish, other);
  }

  /** The text in one. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (Piece piece : pieces) {
      if (piece instanceof Text t) {
        text.append(t.text());
      }
    }
    return text.toString();
  }

  /** The reasoning as one text; empty if there is none. */
  public Optional<String> reasoning() {
    StringBuilder text = new StringBuilder();
    for (Piece piece : pieces) {
      if (piece instanceof Reasoning thought) {
        text.append(thought.text());
      }
    }
    return text.isEmpty() ? Optional.empty() : Optional.of(text.toString());
  }

  /** The calls in order. */
  public List<ToolCall> calls() {
    return pieces.stream().filter(ToolCall.class::isInstance).map(ToolCall.class::cast).toList();
  }
}
