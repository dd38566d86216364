package dev.serai.adapters.minilm;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Pairs of prompts, made for Serai by this program, the same for the same seed: half of them ask
 * for the same in other words, half for something else in nearly the same words. Of these, each
 * differs in one thing. A half of them is another wording or value of the same questions, the other
 * half {@link TwistedPairs}. The wordings are those of people: many share few words. Pure.
 */
final class PromptPairs {
  private static final List<String> PEOPLE =
      List.of(
          "Ada Lovelace",
          "Marie Curie",
          "Alan Turing",
          "Frida Kahlo",
          "Grace Hopper",
          "Niels Bohr");
  private static final List<String> PLACES =
      List.of("Paris", "Oslo", "Lisbon", "Kyoto", "Nairobi", "Toronto", "Prague", "Lima");
  private static final List<String> TIMES =
      List.of("today", "tomorrow", "on Monday", "on Friday", "next week", "in March", "in July");
  private static final List<String> NUMBERS =
      List.of("3", "5", "8", "12", "25", "40", "two", "six", "1500");
  private static final List<String> YEARS = List.of("1998", "2004", "2015", "2019", "2020", "2023");
  private static final List<String> LANGUAGES =
      List.of("German", "French", "Spanish", "Polish", "Japanese", "Swahili");
  private static final List<String> UNITS =
      List.of("miles", "kilometres", "metres", "feet", "yards");
  private static final List<String> THINGS =
      List.of("password", "username", "email address", "phone number", "profile picture", "PIN");
  private static final List<String> FOODS =
      List.of("rice", "eggs", "lentils", "potatoes", "quinoa", "beetroot");
  private static final List<String> PETS = List.of("cat", "dog", "rabbit", "parrot", "hamster");
  private static final List<String> CODE =
      List.of(
          "getUserById",
          "max_retries",
          "ERR_CONN_RESET",
          "v2.3.1",
          "v2.3.2",
          "HTTP 404",
          "HTTP 403",
          "user_id",
          "userId");

  /** What a pair differs in. */
  enum Kind {
    /** Nothing: both ask for the same. */
    PARAPHRASE,
    NUMBER,
    NAME,
    IDENTIFIER,
    UNIT,
    PLACE,
    TIME,
    THING,
    DIRECTION,
    NEGATION,
    TENSE,
    /** Which word is the subject and which the object. */
    ORDER,
    /** How a text is written that the prompt is about. */
    TEXT
  }

  /** Two prompts; the first is stored, the second is asked. */
  record Pair(Kind kind, String first, String second) {}

  /** A value in a wording: {a}, {b} and so on, by their order. */
  private record Slot(Kind kind, List<String> values) {}

  /**
   * A question in several wordings.
   *
   * @param others wordings of another question, in the same order, and what makes it another
   * @param swaps whether it is another question when the first two slots change places
   */
  private record Question(
      List<Slot> slots,
      List<String> wordings,
      Kind otherKind,
      List<String> others,
      boolean swaps) {}

  private static Slot slot(Kind kind, List<String> values) {
    return new Slot(kind, values);
  }

  private static Question ask(List<Slot> slots, String... wordings) {
    return new Question(slots, List.of(wordings), Kind.PARAPHRASE, List.of(), false);
  }

  private static Question swapped(List<Slot> slots, String... wordings) {
    return new Question(slots, List.of(wordings), Kind.PARAPHRASE, List.of(), true);
  }

  private static Question or(Question question, Kind kind, String... others) {
    return new Question(question.slots(), question.wordings(), kind, List.of(others), false);
  }

  private static final List<Question> QUESTIONS =
      List.of(
          or(
              ask(
                  List.of(slot(Kind.THING, THINGS)),
                  "How do I change my {a}?",
                  "How can I change my {a}?",
                  "Please tell me how to change my {a}.",
                  "I want to change my {a}, what do I have to do?",
                  "What are the steps to change the {a}?",
                  "I would like a new {a}. How does that work?",
                  "hi, how do i modify my {a}"),
              Kind.NEGATION,
              "Why can't I change my {a}?",
              "How can I not change my {a}?",
              "Please tell me how not to change my {a}.",
              "I do not want to change my {a}, what do I have to do?",
              "What are the steps to never change the {a}?",
              "I would not like a new {a}. How does that work?",
              "hi, how do i not modify my {a}"),
          swapped(
              List.of(slot(Kind.PLACE, PLACES), slot(Kind.PLACE, PLACES), slot(Kind.TIME, TIMES)),
              "Is there a train from {a} to {b} {c}?",
              "Can you tell me if there is a train from {a} to {b} {c}?",
              "{c}, is there a train from {a} to {b}?",
              "Do you know whether a train goes to {b} from {a} {c}?",
              "I need to know if there is a train from {a} to {b} {c}, thanks.",
              "train connection from {a} to {b} {c}"),
          swapped(
              List.of(slot(Kind.UNIT, UNITS), slot(Kind.UNIT, UNITS), slot(Kind.NUMBER, NUMBERS)),
              "Convert {c} {a} to {b}.",
              "Please convert {c} {a} to {b}",
              "Could you convert {c} {a} into {b}?",
              "How many {b} are {c} {a}?",
              "What is {c} {a} in {b}?",
              "What's {c} {a} in {b}?"),
          swapped(
              List.of(
                  slot(Kind.NAME, LANGUAGES), slot(Kind.NAME, LANGUAGES), slot(Kind.THING, FOODS)),
              "Translate the word for {c} from {a} to {b}.",
              "Please translate the word for {c} from {a} to {b}",
              "Can you translate the word for {c} from {a} to {b}?",
              "I need the word for {c} translated out of {a} into {b}.",
              "How is the {a} word for {c} translated into {b}?"),
          or(
              ask(
                  List.of(slot(Kind.NAME, PEOPLE)),
                  "Where was {a} born?",
                  "Can you tell me where {a} was born?",
                  "In which place was {a} born?",
                  "What is the birthplace of {a}?",
                  "What's the birthplace of {a}?",
                  "{a}'s birthplace, please"),
              Kind.TENSE,
              "Where is {a} buried?",
              "Can you tell me where {a} will be born?",
              "In which place is {a} born?",
              "What was the birthplace of {a}?",
              "What will be the birthplace of {a}?",
              "{a}'s former birthplace, please"),
          or(
              ask(
                  List.of(slot(Kind.PLACE, PLACES), slot(Kind.TIME, TIMES)),
                  "What will the weather be like in {a} {b}?",
                  "Tell me what the weather will be like in {a} {b}.",
                  "{b}, what will the weather be like in {a}?",
                  "Will I need an umbrella in {a} {b}?",
                  "What is the weather forecast for {a} {b}?",
                  "weather forecast for {a} {b} please"),
              Kind.TENSE,
              "What was the weather like in {a} {b}?",
              "Tell me what the weather was like in {a} {b}.",
              "{b}, what is the weather like in {a}?",
              "Did I need an umbrella in {a} {b}?",
              "What was the weather forecast for {a} {b}?",
              "old weather forecast for {a} {b} please"),
          or(
              ask(
                  List.of(slot(Kind.THING, FOODS), slot(Kind.NUMBER, NUMBERS)),
                  "How long do I boil {a} for {b} people?",
                  "How long should I boil {a} for {b} people?",
                  "How many minutes do {a} for {b} people boil?",
                  "Hello! How long do you boil {a} for {b} people?",
                  "Boiling {a} for {b} people: how long?",
                  "What is the boiling time of {a} for {b} people?"),
              Kind.NEGATION,
              "Why do I not boil {a} for {b} people?",
              "How long should I not boil {a} for {b} people?",
              "How many minutes do {a} for {b} people not boil?",
              "Hello! How long do you steam {a} for {b} people?",
              "Never boiling {a} for {b} people: how long?",
              "What is the cooling time of {a} for {b} people?"),
          or(
              ask(
                  List.of(slot(Kind.THING, PETS), slot(Kind.THING, FOODS)),
                  "Can my {a} eat {b}?",
                  "Could my {a} eat {b}?",
                  "Is my {a} allowed to eat {b}?",
                  "May a {a} eat {b}?",
                  "I was wondering, can a {a} eat {b}?",
                  "Is {b} safe for a {a}?",
                  "Do you know if a {a} can eat {b}"),
              Kind.NEGATION,
              "Can't my {a} eat {b}?",
              "Why could my {a} not eat {b}?",
              "Is my {a} forbidden to eat {b}?",
              "Must a {a} eat {b}?",
              "I was wondering, should a {a} eat {b}?",
              "Is {b} unsafe for a {a}?",
              "Do you know if a {a} cannot eat {b}"),
          ask(
              List.of(slot(Kind.IDENTIFIER, CODE)),
              "What does {a} mean?",
              "What is the meaning of {a}?",
              "What is meant by {a}?",
              "Could you tell me what {a} means?",
              "I keep seeing {a} in the log, what is it?",
              "Explain {a} to me."),
          ask(
              List.of(slot(Kind.PLACE, PLACES), slot(Kind.TIME, YEARS)),
              "How many people lived in {a} in {b}?",
              "Please tell me how many people lived in {a} in {b}.",
              "In {b}, how many people lived in {a}?",
              "What was the population of {a} in {b}?",
              "Give me {a}'s population in {b}.",
              "I'd like to know how many people lived in {a} in {b}"),
          ask(
              List.of(slot(Kind.NUMBER, NUMBERS), slot(Kind.NUMBER, YEARS)),
              "What is {a} percent of {b}?",
              "What's {a} % of {b}?",
              "Calculate {a} percent of {b}.",
              "How much is {a} percent of {b}?",
              "Tell me what {a}% of {b} is."),
          swapped(
              List.of(slot(Kind.NAME, PEOPLE), slot(Kind.NAME, PEOPLE)),
              "Did {a} write to {b}?",
              "Do you know if {a} wrote to {b}?",
              "Was there ever a letter from {a} to {b}?",
              "Is it known whether {a} wrote a letter to {b}?",
              "Tell me if {a} ever wrote to {b}"),
          or(
              ask(
                  List.of(slot(Kind.NAME, PEOPLE), slot(Kind.TIME, TIMES)),
                  "Is the talk about {a} open to guests {b}?",
                  "Can you tell me if the talk about {a} is open to guests {b}?",
                  "Are guests welcome at the talk about {a} {b}?",
                  "{b}, is the talk about {a} open to guests?",
                  "I want to know if the talk about {a} is open to guests {b}."),
              Kind.NEGATION,
              "Is the talk about {a} not open to guests {b}?",
              "Can you tell me if the talk about {a} is closed to guests {b}?",
              "Are no guests welcome at the talk about {a} {b}?",
              "{b}, isn't the talk about {a} open to guests?",
              "I want to know if the talk about {a} is never open to guests {b}."),
          ask(
              List.of(slot(Kind.NUMBER, NUMBERS), slot(Kind.PLACE, PLACES)),
              "Recommend {a} museums in {b}.",
              "Can you recommend {a} museums in {b}?",
              "Please recommend {a} museums in {b}, thanks!",
              "Which {a} museums in {b} are worth a visit?",
              "I have time for {a} museums in {b}, any ideas?"));

  private final Random random;

  private PromptPairs(long seed) {
    random = new Random(seed);
  }

  /** As many different pairs, of which every second one is a paraphrase. */
  static List<Pair> make(long seed, int count) {
    return new PromptPairs(seed).make(count);
  }

  private List<Pair> make(int count) {
    Set<Pair> pairs = new LinkedHashSet<>();
    TwistedPairs twisted = new TwistedPairs(random);
    while (pairs.size() < count) {
      Question question = one(QUESTIONS);
      pairs.add(
          switch (pairs.size() % 4) {
            case 1 -> nearMiss(question);
            case 3 -> twisted.next();
            default -> paraphrase(question);
          });
    }
    return List.copyOf(pairs);
  }

  private Pair paraphrase(Question question) {
    List<String> values = values(question);
    int first = random.nextInt(question.wordings().size());
    int second = another(first, question.wordings().size());
    return new Pair(
        Kind.PARAPHRASE,
        filled(question.wordings().get(first), values),
        filled(question.wordings().get(second), values));
  }

  private Pair nearMiss(Question question) {
    List<String> values = values(question);
    int first = random.nextInt(question.wordings().size());
    int second = random.nextBoolean() ? first : another(first, question.wordings().size());
    String stored = filled(question.wordings().get(first), values);
    int choice = random.nextInt(3);
    if (choice == 0 && !question.others().isEmpty()) {
      return new Pair(question.otherKind(), stored, filled(question.others().get(second), values));
    }
    if (choice == 0 && question.swaps()) {
      List<String> swapped = new ArrayList<>(values);
      swapped.set(0, values.get(1));
      swapped.set(1, values.get(0));
      return new Pair(Kind.DIRECTION, stored, filled(question.wordings().get(second), swapped));
    }
    int changed = random.nextInt(values.size());
    List<String> others = new ArrayList<>(values);
    while (values.contains(others.get(changed))) {
      others.set(changed, one(question.slots().get(changed).values()));
    }
    return new Pair(
        question.slots().get(changed).kind(),
        stored,
        filled(question.wordings().get(second), others));
  }

  private List<String> values(Question question) {
    List<String> values = new ArrayList<>();
    for (Slot slot : question.slots()) {
      String value = one(slot.values());
      while (values.contains(value)) {
        value = one(slot.values());
      }
      values.add(value);
    }
    return values;
  }

  private static String filled(String wording, List<String> values) {
    String text = wording;
    for (int i = 0; i < values.size(); i++) {
      text = text.replace("{" + (char) ('a' + i) + "}", values.get(i));
    }
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  private int another(int than, int of) {
    return (than + 1 + random.nextInt(of - 1)) % of;
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
