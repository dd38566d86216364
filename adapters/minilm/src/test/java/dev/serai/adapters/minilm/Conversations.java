package dev.serai.adapters.minilm;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Conversations between six friends with questions about them, and the turns that answer each: made
 * for Serai by this program, the same for the same seed. As in real ones, what a question asks for
 * is often named by one friend, and said by another in the next turn with other words; a third of
 * the questions have a name that only one turn has. Pure.
 */
final class Conversations {
  private static final int EXCHANGES = 130;
  private static final int FRIENDS = 6;
  private static final int SINGLE_HOP = 36;
  private static final int OTHERS = 12;
  private static final int TURNS_A_DAY = 4;
  private static final LocalDate FIRST_DAY = LocalDate.of(2026, 1, 5);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH);
  private static final List<String> NAMES =
      List.of(
          "Ada", "Bruno", "Chloe", "Dmitri", "Elena", "Farid", "Greta", "Hugo", "Ines", "Jonas");

  /** Kinds of questions. */
  enum Kind {
    /** One turn answers it. */
    SINGLE_HOP,
    /** One turn tells who is meant, another one answers. */
    MULTI_HOP,
    /** It asks for what was said on a day. */
    TEMPORAL
  }

  /** A question and the numbers of the turns that answer it. */
  record Question(Kind kind, String text, List<Integer> evidence) {}

  /** About 290 turns in their order, and 60 questions. */
  record Conversation(List<String> turns, List<Question> questions) {}

  /**
   * What every friend says something about.
   *
   * @param values what is said, one for each friend: {v}
   * @param details words that only one turn has: {d}
   * @param opened how another friend, who names {n}, brings it up
   * @param said by the friend, with {v} and {d}
   * @param asked questions about {n}
   * @param recalled questions with {d}
   * @param who a name for the friend with the value {v}
   */
  private record Subject(
      List<String> values,
      List<String> details,
      List<String> opened,
      List<String> said,
      List<String> asked,
      List<String> recalled,
      String who) {}

  private record Fact(String name, Subject subject, String value, String detail, int turn) {}

  private static final List<Subject> SUBJECTS =
      List.of(
          new Subject(
              List.of("Porto", "Gdansk", "Leeds", "Turin", "Bergen", "Ghent"),
              List.of(
                  "Mill Lane",
                  "the old customs house",
                  "the tram depot",
                  "Harbour Steps",
                  "the botanical garden",
                  "Cooper Street"),
              List.of("How did the move go, {n}?", "{n}, are you in the new flat yet?"),
              List.of(
                  "We have the keys at last! It is {v} for us now, right behind {d}.",
                  "Boxes everywhere, but {v} is lovely, and we look at {d}.",
                  "Settled in {v}, third floor, next to {d}."),
              List.of("Which city does {n} live in?", "Where did {n} move to?"),
              List.of("Which friend lives by {d}?", "Who told us about {d}?"),
              "the friend who moved to {v}"),
          new Subject(
              List.of("nurse", "carpenter", "pilot", "translator", "baker", "surveyor"),
              List.of(
                  "Mrs Okafor",
                  "Brandt and Sons",
                  "the Lindqvist brothers",
                  "Doctor Rao",
                  "the Meridian office",
                  "old Mister Petit"),
              List.of("Any news about the job, {n}?", "{n}, did the interview go well?"),
              List.of(
                  "They took me as a {v}, I start on Monday with {d}.",
                  "I am a {v} now, would you believe it, and {d} trains me.",
                  "Yes! From May on I work as a {v} for {d}."),
              List.of("What is the profession of {n}?", "What job did {n} get?"),
              List.of("Who works for {d}?", "Which friend mentioned {d}?"),
              "the friend who is a {v}"),
          new Subject(
              List.of("peanuts", "shellfish", "gluten", "lactose", "strawberries", "eggs"),
              List.of(
                  "the Golden Dragon",
                  "Table Nine",
                  "the Blue Lantern",
                  "Chez Margot",
                  "the Station Buffet",
                  "Olive and Thyme"),
              List.of("Is there anything you cannot eat, {n}?", "{n}, what happened at dinner?"),
              List.of(
                  "One bite with {v} at {d} and my throat closed.",
                  "The doctor says no more {v}, after the evening at {d}.",
                  "I have to check every label for {v} since {d}."),
              List.of("What is {n} allergic to?", "Which food must {n} avoid?"),
              List.of("Who fell ill at {d}?", "What happened at {d}?"),
              "the friend who cannot eat {v}"),
          new Subject(
              List.of("beagle", "parrot", "tortoise", "Siamese cat", "hamster", "pony"),
              List.of("Biscuit", "Captain", "Pepper", "Marmalade", "Sir Walter", "Nugget"),
              List.of("Did you really get a pet, {n}?", "{n}, who is making that noise?"),
              List.of(
                  "That is {d}, our {v}, home from the shelter.",
                  "Meet {d}! A {v} with opinions, up at five.",
                  "Yes, a {v}, and the children named it {d}."),
              List.of("What pet does {n} have?", "Which animal does {n} look after?"),
              List.of("Who is {d}?", "What kind of animal is {d}?"),
              "the owner of a {v}"),
          new Subject(
              List.of("cello", "drums", "oboe", "banjo", "accordion", "harp"),
              List.of(
                  "the Vivaldi",
                  "Blue Monday",
                  "the wedding march",
                  "Scarborough Fair",
                  "the Liszt study",
                  "Moon River"),
              List.of("What are you practising, {n}?", "{n}, how was the lesson?"),
              List.of(
                  "The {v}, until the neighbours knocked. {d} is still too fast.",
                  "My teacher says {d} is ready, if only the {v} were in tune.",
                  "New parts for my {v}, and I finally play {d} without stopping."),
              List.of("Which instrument does {n} play?", "What does {n} practise on?"),
              List.of("Who plays {d}?", "On which instrument is {d} played?"),
              "the musician with the {v}"),
          new Subject(
              List.of("broken wrist", "migraine", "bad back", "sprained ankle", "flu", "sore knee"),
              List.of(
                  "the clinic in Elm Road",
                  "nurse Hanna",
                  "the green pills",
                  "the physiotherapist Tamm",
                  "ward six",
                  "Saint Luke's"),
              List.of("You look pale, {n}, are you all right?", "Why were you away, {n}?"),
              List.of(
                  "A {v}, I spent the night in a chair. {d} helped.",
                  "On the sofa with a {v}, thanks for asking, {d} says two weeks.",
                  "This {v} again. Tomorrow I ask {d}."),
              List.of("What health problem did {n} have?", "Why was {n} unwell?"),
              List.of("Who was helped by {d}?", "Who needed {d}?"),
              "the friend with the {v}"),
          new Subject(
              List.of("Iceland", "Vietnam", "Peru", "Morocco", "Scotland", "Japan"),
              List.of(
                  "the night ferry",
                  "a hut without light",
                  "the salt flats",
                  "cousin Olu",
                  "the steam railway",
                  "a lost suitcase"),
              List.of("Where will you spend the holiday, {n}?", "{n}, how was the trip?"),
              List.of(
                  "Two weeks in {v}, with {d}!",
                  "Just back from {v}, so tired and so happy. {d} was the best of it.",
                  "{v}! I will never forget {d}."),
              List.of("Where did {n} go on holiday?", "Which country did {n} travel to?"),
              List.of("Who travelled with {d}?", "In which country was {d}?"),
              "the traveller who chose {v}"),
          new Subject(
              List.of("chess", "climbing", "pottery", "fencing", "rowing", "knitting"),
              List.of(
                  "coach Ferrari",
                  "the Thursday group",
                  "the church hall",
                  "the Riverside club",
                  "the cellar in Park Row",
                  "Auntie Bea"),
              List.of(
                  "What do you do in the evenings, {n}?",
                  "{n}, do you still have time for yourself?"),
              List.of(
                  "{v} with {d}, I lose track of time.",
                  "I signed up for {v}, {d} is a good place for beginners.",
                  "Since spring it is {v}, and {d} will not let me stop."),
              List.of("What hobby does {n} have?", "How does {n} spend free time?"),
              List.of("Who goes to {d}?", "What is done at {d}?"),
              "the one who enjoys {v}"),
          new Subject(
              List.of(
                  "a scooter", "an old van", "a tandem", "a motorbike", "a tram pass", "a canoe"),
              List.of(
                  "uncle Renzo",
                  "the auction in Hull",
                  "the garage on Quay Road",
                  "a student from Basel",
                  "the lost property office",
                  "the flea market"),
              List.of("How do you get to work now, {n}?", "{n}, did you sell the car?"),
              List.of(
                  "From now on it is {v}, from {d}.",
                  "I got {v} thanks to {d}, half the time to the office.",
                  "Guess what, {v}! {d} made me a price."),
              List.of("How does {n} get to work?", "What means of transport does {n} use?"),
              List.of("What came from {d}?", "Who bought something from {d}?"),
              "the commuter with {v}"));

  private static final List<List<String>> CHATTER =
      List.of(
          List.of(
              "Did anyone see the match last night?",
              "Only the second half.",
              "You missed nothing, {n}."),
          List.of("It has been raining since breakfast.", "Here too. My shoes are still wet."),
          List.of(
              "Shall we meet at the usual place on Friday?",
              "Friday is fine, after six.",
              "I will be late, start without me."),
          List.of("That film was far too long.", "I fell asleep in the middle, {n}."),
          List.of(
              "Sorry, I missed your call, my phone was flat.", "No matter, it was nothing urgent."),
          List.of("Who has the recipe for that soup?", "Ask {n}.", "I will write it down for you."),
          List.of("The train was late again and so was I.", "They should give us the money back."),
          List.of(
              "I cannot find my keys anywhere.", "Look in the fridge, {n}.", "How did you know?"),
          List.of("The new cafe on the corner is rather good.", "A bit loud for me."),
          List.of(
              "What should we give them for the wedding?",
              "Something for the kitchen?",
              "They have two of everything."),
          List.of("Work was quiet today for once.", "Lucky you."),
          List.of(
              "The garden needs water, it is so dry.", "I can come by on Tuesday with the can."),
          List.of("I am reading a book about lighthouses.", "Is it any good?", "The pictures are."),
          List.of(
              "Has anyone heard from the landlord?",
              "He wrote that the lift will be repaired.",
              "He has said that since the winter."));

  private static final List<List<String>> EVENTS =
      List.of(
          List.of(
              "You look pleased with yourself, {n}.",
              "I passed the driving exam, at the third attempt!"),
          List.of("What is that on your trousers, {n}?", "Paint. The whole kitchen is yellow now."),
          List.of("You are limping, {n}.", "I ran the half marathon, in the rain."),
          List.of(
              "Why were you at the police, {n}?",
              "I found a wallet with two hundred in it and took it there."),
          List.of(
              "Something smells good, {n}.", "I cooked for fourteen guests, everything is gone."),
          List.of("What was that hammering, {n}?", "We repaired the roof, my neighbour and I."));

  private static final List<String> ASKED_EVENTS =
      List.of("What did {n} tell us on {d}?", "What news did {n} have on {d}?");

  private final Random random;
  private final List<String> turns = new ArrayList<>();
  private final List<Fact> facts = new ArrayList<>();
  private final List<Question> questions = new ArrayList<>();
  private List<String> friends = List.of();

  private Conversations(long seed) {
    random = new Random(seed);
  }

  /** The conversation of a seed. */
  static Conversation make(long seed) {
    return new Conversations(seed).make();
  }

  private Conversation make() {
    friends = shuffled(NAMES).subList(0, FRIENDS);
    List<Runnable> exchanges = new ArrayList<>();
    SUBJECTS.forEach(subject -> exchanges.addAll(facts(subject)));
    for (int i = 0; i < OTHERS; i++) {
      String name = friends.get(i % FRIENDS);
      List<String> event = EVENTS.get(i * EVENTS.size() / OTHERS);
      exchanges.add(() -> event(name, event));
    }
    while (exchanges.size() < EXCHANGES) {
      exchanges.add(this::chat);
    }
    shuffled(exchanges).forEach(Runnable::run);
    shuffled(facts).subList(0, SINGLE_HOP).forEach(this::ask);
    for (int i = 0; i < OTHERS; i++) {
      askInTwoSteps(friends.get(i % FRIENDS));
    }
    return new Conversation(List.copyOf(turns), List.copyOf(questions));
  }

  private List<Runnable> facts(Subject subject) {
    List<String> values = shuffled(subject.values());
    List<String> details = shuffled(subject.details());
    List<Runnable> all = new ArrayList<>();
    for (int i = 0; i < FRIENDS; i++) {
      String name = friends.get(i);
      String value = values.get(i);
      String detail = details.get(i);
      all.add(
          () -> {
            say(another(name), one(subject.opened()).replace("{n}", name));
            String text = one(subject.said()).replace("{v}", value).replace("{d}", detail);
            facts.add(new Fact(name, subject, value, detail, say(name, text)));
          });
    }
    return all;
  }

  private void event(String name, List<String> event) {
    say(another(name), event.get(0).replace("{n}", name));
    String day = day();
    int turn = say(name, event.get(1));
    String text = one(ASKED_EVENTS).replace("{n}", name).replace("{d}", day);
    questions.add(new Question(Kind.TEMPORAL, text, List.of(turn)));
  }

  private void chat() {
    String one = one(friends);
    String other = another(one);
    List<String> lines = one(CHATTER);
    for (int i = 0; i < lines.size(); i++) {
      boolean first = i % 2 == 0;
      say(first ? one : other, lines.get(i).replace("{n}", first ? other : one));
    }
  }

  private void ask(Fact fact) {
    String text =
        random.nextInt(3) == 0
            ? one(fact.subject().recalled()).replace("{d}", fact.detail())
            : one(fact.subject().asked()).replace("{n}", fact.name());
    questions.add(new Question(Kind.SINGLE_HOP, text, List.of(fact.turn())));
  }

  private void askInTwoSteps(String name) {
    List<Fact> own = shuffled(facts.stream().filter(fact -> fact.name().equals(name)).toList());
    Fact known = own.get(0);
    Fact wanted = own.get(1);
    String who = known.subject().who().replace("{v}", known.value());
    String text = one(wanted.subject().asked()).replace("{n}", who);
    questions.add(new Question(Kind.MULTI_HOP, text, List.of(known.turn(), wanted.turn())));
  }

  /** Adds a turn and returns its number. */
  private int say(String name, String text) {
    String sentence = Character.toUpperCase(text.charAt(0)) + text.substring(1);
    turns.add(name + " (" + day() + "): " + sentence);
    return turns.size() - 1;
  }

  private String day() {
    return FIRST_DAY.plusDays(turns.size() / TURNS_A_DAY).format(DAY);
  }

  private String another(String name) {
    String other = one(friends);
    while (other.equals(name)) {
      other = one(friends);
    }
    return other;
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private <T> List<T> shuffled(List<T> of) {
    List<T> all = new ArrayList<>(of);
    Collections.shuffle(all, random);
    return all;
  }
}
