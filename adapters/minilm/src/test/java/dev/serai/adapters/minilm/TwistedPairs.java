package dev.serai.adapters.minilm;

import dev.serai.adapters.minilm.PromptPairs.Kind;
import dev.serai.adapters.minilm.PromptPairs.Pair;
import java.util.List;
import java.util.Random;

/**
 * Near misses that have all their words in common, or all but an article, a plural, a polite phrase
 * or a word for the same: subject and object change places, or the prompt is about the text itself.
 * Pure, but for the random numbers it takes.
 */
final class TwistedPairs {
  private static final List<String> BEINGS =
      List.of(
          "dog",
          "cat",
          "manager",
          "teacher",
          "hospital",
          "vendor",
          "lawyer",
          "farmer",
          "tenant",
          "bank");
  private static final List<String> DEEDS =
      List.of("chase", "pay", "fire", "teach", "visit", "follow", "call", "help", "trust", "sue");
  private static final List<String> LANGUAGES =
      List.of("German", "French", "Spanish", "Polish", "Japanese", "Swahili");

  /** With {a} and {b} for beings and {v} for what they do. */
  private static final List<List<String>> ORDERS =
      List.of(
          List.of("Which {a}s do {b}s {v}?", "Which {b}s {v} {a}s?"),
          List.of("Which {a}s can {b}s {v}?", "Which {b}s can {v} {a}s?"),
          List.of("On Monday, which {a}s do {b}s {v}?", "Which {b}s {v} {a}s on Monday?"),
          List.of("In Oslo, can {a}s {v} {b}s?", "Can {b}s {v} {a}s in Oslo?"),
          List.of("Which {a}s can I {v}?", "Which {a}s can {v} me?"),
          List.of("Who must {a}s {v}?", "Who must {v} {a}s?"),
          List.of("Why do {a}s {v} {b}s?", "Why do {b}s {v} {a}s?"));

  /** With {a} and {b} for beings, {v} for a verb and {l} for a language. */
  private static final List<List<String>> TEXTS =
      List.of(
          List.of("What is the plural of {a}?", "What is the plural of {a}s?"),
          List.of("How do you say '{a}s' in {l}?", "How do you say '{a}' in {l}?"),
          List.of("How do you say {a}s in {l}?", "How do you say {a} in {l}?"),
          List.of("What is {a} in {l}?", "What is {a}s in {l}?"),
          List.of("Translate: a {a}", "Translate: the {a}"),
          List.of("Translate to {l}: I need the {a}s", "Translate to {l}: I need a {a}"),
          List.of("Count the words: can you {v} the {a}", "Count the words: {v} the {a}"),
          List.of(
              "Correct the grammar: He delete the {a}", "Correct the grammar: He removes a {a}"),
          List.of("Print: {b} {v} {a}", "Print: {a} {b} {v}"),
          List.of("Rewrite in capitals: a {a}", "Rewrite in capitals: the {a}s"),
          List.of("Spell {a}s", "Spell {a}"),
          List.of("How many letters are in the {a}?", "How many letters are in {a}s?"),
          List.of("What rhymes with {a}?", "What rhymes with {a}s?"),
          List.of("Make this formal:\nHi, the {a}", "Make this formal:\na {a}"),
          List.of("Who said \u201cthe {a}s {v}\u201d?", "Who said \u201ca {a} {v}\u201d?"));

  private final Random random;
  private boolean text;

  TwistedPairs(Random random) {
    this.random = random;
  }

  /** In turns one with another order and one about a text. */
  Pair next() {
    text = !text;
    List<String> templates = one(text ? TEXTS : ORDERS);
    String first = one(BEINGS);
    String second = one(BEINGS);
    while (second.equals(first)) {
      second = one(BEINGS);
    }
    List<String> values = List.of(first, second, one(DEEDS), one(LANGUAGES));
    return new Pair(
        text ? Kind.TEXT : Kind.ORDER,
        filled(templates.getFirst(), values),
        filled(templates.getLast(), values));
  }

  private static String filled(String template, List<String> values) {
    return template
        .replace("{a}", values.get(0))
        .replace("{b}", values.get(1))
        .replace("{v}", values.get(2))
        .replace("{l}", values.get(3));
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
