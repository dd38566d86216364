package dev.serai.processors.fanout;

import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.ChatResponse.Choice;
import dev.serai.core.chat.ToolCall;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What is compared of a response. Tool calls, JSON and refusals agree if they are equal in content;
 * texts agree too if they have the same numbers and most of their words in common. Immutable.
 *
 * @param kind responses of different kinds never agree
 * @param form equal for responses that are equal in content
 * @param words of a text, its first {@value #MAX_WORDS}; else none
 */
record ComparedResponse(Kind kind, String form, Set<String> words) {
  /** A response without content, or one that cannot be read. */
  static final ComparedResponse NONE = new ComparedResponse(Kind.NONE, "", Set.of());

  private static final int MAX_WORDS = 4_000;
  private static final double ENOUGH = 0.8;
  private static final String FENCE = "```";

  enum Kind {
    NONE,
    TOOLS,
    JSON,
    REFUSAL,
    TEXT
  }

  static ComparedResponse of(ChatResponse response, Function<String, Optional<String>> json) {
    StringBuilder text = new StringBuilder();
    List<String> calls = new ArrayList<>();
    boolean refused = false;
    for (Choice choice : response.choices()) {
      choice.text().ifPresent(said -> text.append(said).append('\n'));
      choice.toolCalls().forEach(call -> calls.add(form(call, json)));
      refused |= choice.refusalText().isPresent();
    }
    if (!calls.isEmpty()) {
      calls.sort(null); // calls that run in parallel have no order
      return new ComparedResponse(Kind.TOOLS, String.join("\n", calls), Set.of());
    }
    if (refused) {
      return new ComparedResponse(Kind.REFUSAL, "", Set.of());
    }
    String said = text.toString().strip();
    Optional<String> form = json.apply(unfenced(said));
    return form.map(same -> new ComparedResponse(Kind.JSON, same, Set.of()))
        .orElseGet(() -> ofText(said));
  }

  private static String form(ToolCall call, Function<String, Optional<String>> json) {
    return call.name() + ' ' + json.apply(call.arguments()).orElse(call.arguments().strip());
  }

  /** JSON is often sent as a block of code. */
  static String unfenced(String text) {
    int end = text.length() - FENCE.length();
    int line = text.indexOf('\n');
    return text.startsWith(FENCE) && text.endsWith(FENCE) && line > 0 && line < end
        ? text.substring(line, end)
        : text;
  }

  private static ComparedResponse ofText(String text) {
    List<String> words = words(Normalizer.normalize(text, Normalizer.Form.NFKC));
    return words.isEmpty()
        ? NONE
        : new ComparedResponse(
            Kind.TEXT,
            String.join(" ", words),
            new HashSet<>(words.subList(0, Math.min(words.size(), MAX_WORDS))));
  }

  /** Letters and digits that follow each other, in lower case; each ideograph is one of its own. */
  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    text.toLowerCase(Locale.ROOT)
        .codePoints()
        .forEach(
            point -> {
              boolean alone = Character.isIdeographic(point);
              if (!alone && Character.isLetterOrDigit(point)) {
                word.appendCodePoint(point);
                return;
              }
              if (!word.isEmpty()) {
                words.add(word.toString());
                word.setLength(0);
              }
              if (alone) {
                words.add(Character.toString(point));
              }
            });
    if (!word.isEmpty()) {
      words.add(word.toString());
    }
    return words;
  }

  boolean isEmpty() {
    return kind == Kind.NONE;
  }

  /** Whether both say the same, as far as is known without a model. */
  boolean agrees(ComparedResponse other) {
    if (kind != other.kind) {
      return false;
    }
    return form.equals(other.form)
        || kind == Kind.TEXT
            && numbers(words).equals(numbers(other.words))
            && shared(words, other.words) >= ENOUGH;
  }

  private static Set<String> numbers(Set<String> words) {
    Set<String> numbers = new HashSet<>();
    for (String word : words) {
      if (word.codePoints().anyMatch(Character::isDigit)) {
        numbers.add(word);
      }
    }
    return numbers;
  }

  /** How many of the words of both are in both, from 0 to 1 (the Jaccard index). */
  private static double shared(Set<String> one, Set<String> other) {
    Set<String> all = new HashSet<>(one);
    all.addAll(other);
    Set<String> both = new HashSet<>(one);
    both.retainAll(other);
    return (double) both.size() / all.size();
  }
}
