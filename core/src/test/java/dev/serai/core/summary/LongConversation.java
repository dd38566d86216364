package dev.serai.core.summary;

import dev.serai.core.session.SessionMessage;
import dev.serai.core.session.SessionMessage.Content;
import dev.serai.core.session.SessionMessage.Role;
import dev.serai.core.session.SessionMessage.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A long conversation with facts that are planted in its turns, made from a seed. A fact is
 * labelled with the sentence that answers a question about it. Between the facts the user and the
 * assistant talk about other things, also with names and numbers, so that not everything can be
 * kept.
 */
final class LongConversation {
  private static final int CHATTER = 4;
  private final Random random;
  private final List<SessionMessage> messages = new ArrayList<>();
  private final List<Fact> facts = new ArrayList<>();

  /**
   * What was said once.
   *
   * @param kind of the fact
   * @param statement the sentence that must be found later
   */
  record Fact(String kind, String statement) {}

  /** Kind, sentence and what stands for the %s in it. */
  private static final String[][] FACTS = {
    {"name", "My dentist is called %s.", "NAME"},
    {"name", "The new colleague in the Hamburg office is %s, she starts soon.", "NAME"},
    {"name", "We named the puppy %s after my grandfather.", "NAME"},
    {"number", "The budget for the kitchen is %s euros.", "NUMBER"},
    {"number", "It turns out the boiler holds %s litres.", "NUMBER"},
    {"number", "Our customer number at the power company is %s.", "NUMBER"},
    {"date", "The inspection takes place on %s.", "DATE"},
    {"date", "Her birthday is %s, please keep that in mind.", "DATE"},
    {"date", "The lease ends on %s.", "DATE"},
    {"decision", "We decided to paint the hallway %s.", "COLOUR"},
    {"decision", "Let's go with the %s curtains then.", "COLOUR"},
    {"decision", "After a long talk we settled on %s for the front door.", "COLOUR"},
    {"preference", "I can't stand %s, so leave it out of every recipe.", "FOOD"},
    {"preference", "My daughter is allergic to %s.", "FOOD"},
    {"preference", "For breakfast I always have %s.", "FOOD"},
    {"code", "The booking code for the ferry is %s.", "CODE"},
    {"code", "The spare key is in the box with the code %s.", "CODE"},
    {"task", "Remind me to return the %s to the library.", "THING"},
    {"task", "I still have to repair the %s before winter.", "THING"},
    {"plain", "The cellar floods whenever the %s is left outside.", "THING"},
    {"plain", "The cat sleeps next to the %s at night.", "THING"},
    {"place", "We moved to %s in the spring.", "PLACE"},
    {"place", "My mother lives in %s.", "PLACE"},
  };

  /** Facts in other words, with which no weight was chosen. */
  private static final String[][] OTHER_FACTS = {
    {"name", "The plumber who came was %s.", "NAME"},
    {"name", "Say hello to %s from me.", "NAME"},
    {"number", "That machine draws %s watts.", "NUMBER"},
    {"number", "They sold %s tickets in the end.", "NUMBER"},
    {"date", "Nothing can be delivered before %s.", "DATE"},
    {"date", "The exam was moved to %s.", "DATE"},
    {"decision", "So it will be %s for the shelves.", "COLOUR"},
    {"decision", "Without any doubt the fence becomes %s.", "COLOUR"},
    {"preference", "Eating %s makes me sneeze.", "FOOD"},
    {"preference", "Nothing beats %s for lunch.", "FOOD"},
    {"code", "Type %s at the gate.", "CODE"},
    {"task", "Do not let me forget the %s.", "THING"},
    {"place", "She studied in %s back then.", "PLACE"},
    {"place", "The warehouse is just outside of %s.", "PLACE"},
  };

  private static final String[] USER = {
    "Can you explain how that works in a bit more detail?",
    "That makes sense.",
    "What would be the usual way to do this?",
    "Thanks, that helps a lot.",
    "Could you shorten it a little and keep the tone friendly?",
    "How do other people handle this?",
    "Interesting, tell me more about the background.",
    "Is there anything that speaks against it?",
    "Let me think about it while you write the next part.",
    "Which of these would you look at first?",
    "Hm, the weather is rather grey today.",
    "And in general, how long does such a thing take?",
  };

  private static final String[] ASSISTANT = {
    "There are several ways to look at it, and which one fits depends on the situation.",
    "In general the first step is to collect what is there and to sort it by size.",
    "A common approach is to begin with the larger parts and to leave the details for later.",
    "Many people find it helpful to write things down before they begin.",
    "The Romans already used a similar method, which spread from Rome across Europe.",
    "Here is a shorter version of the text, in a friendly tone, with the same meaning.",
    "It is worth to compare at least two or three options with each other.",
    "In most cases the difference is small and not noticed in daily life.",
    "On the other side, a simpler solution is often easier to keep in good shape.",
    "The background is that materials expand when they are warm and shrink when they are cold.",
    "If time is short, the second step can be left out without much harm.",
    "As a rule of thumb, one should plan some reserve for surprises.",
  };

  /** Texts of the assistant that look like facts, with a number or a name each time another. */
  private static final String[] LOOKALIKE = {
    "Around %d the process was improved, and since then it has changed little.",
    "A typical value is about %d percent, but that varies with the season.",
    "A study with %d people from Sweden found no clear difference.",
    "In a test by the Fraunhofer institute it took %d minutes on average.",
    "The manual of Siemens names %d as the upper limit for this.",
    "You need to check about %d places before the work begins.",
    "One must not forget that %d of them are made in Italy alone.",
  };

  /** What the user says of the texts of the assistant, each time with other words. */
  private static final String[] NOUNS = {
    "beginning", "middle", "ending", "title", "second paragraph", "tone", "list", "example", "table"
  };

  private static final String[] ADJECTIVES = {
    "dry", "long", "lively", "vague", "fine", "heavy", "clear", "modest", "cheerful", "stiff"
  };

  private static final String[] FIRST = {"Ilse", "Marek", "Yuki", "Tamara", "Oluwaseun", "Pia"};
  private static final String[] LAST = {"Vandermeer", "Kowalczyk", "Tanaka", "Brandt", "Okafor"};
  private static final String[] COLOURS = {"ochre", "teal", "plum", "olive green", "light grey"};
  private static final String[] FOODS = {"hazelnuts", "coriander", "porridge", "shrimp", "celery"};
  private static final String[] THINGS = {"atlas", "ladder", "bicycle pump", "tent", "projector"};
  private static final String[] PLACES = {"Tromsø", "Porto", "Graz", "Aarhus", "Ghent"};
  private static final String[] MONTHS = {"March", "June", "September", "November"};

  private LongConversation(long seed) {
    random = new Random(seed);
  }

  /** One with so many turns; each sentence of {@code FACTS} is in one of them. */
  static LongConversation of(long seed, int turns) {
    return of(seed, turns, FACTS);
  }

  /** The same with facts in other words. */
  static LongConversation inOtherWords(long seed, int turns) {
    return of(seed, turns, OTHER_FACTS);
  }

  private static LongConversation of(long seed, int turns, String[][] told) {
    LongConversation made = new LongConversation(seed);
    int between = turns / told.length;
    for (int turn = 0; turn < turns; turn++) {
      String said =
          turn % 2 == 0
              ? pick(made.random, USER)
              : "The %s reads rather %s to me."
                  .formatted(pick(made.random, NOUNS), pick(made.random, ADJECTIVES));
      if (turn % between == 0 && turn / between < told.length) {
        said = made.fact(told[turn / between]) + " " + said;
      }
      made.add(Role.USER, said);
      StringBuilder reply = new StringBuilder();
      for (int i = 0; i < CHATTER; i++) {
        reply.append(pick(made.random, ASSISTANT)).append(' ');
      }
      reply.append(pick(made.random, LOOKALIKE).formatted(made.random.nextInt(2000)));
      made.add(Role.ASSISTANT, reply.toString().strip());
    }
    return made;
  }

  private String fact(String[] form) {
    String answer =
        switch (form[2]) {
          case "NAME" -> pick(random, FIRST) + " " + pick(random, LAST);
          case "NUMBER" -> String.valueOf(100 + random.nextInt(90_000));
          case "DATE" -> 1 + random.nextInt(28) + " " + pick(random, MONTHS);
          case "COLOUR" -> pick(random, COLOURS);
          case "FOOD" -> pick(random, FOODS);
          case "CODE" -> "QX" + random.nextInt(10) + "-" + (1000 + random.nextInt(9000));
          case "THING" -> pick(random, THINGS);
          default -> pick(random, PLACES);
        };
    String statement = form[1].formatted(answer);
    facts.add(new Fact(form[0], statement));
    return statement;
  }

  private static String pick(Random random, String[] from) {
    return from[random.nextInt(from.length)];
  }

  private void add(Role role, String text) {
    long number = messages.size() + 1L;
    Content content = new Content(role, Type.TEXT, text, "{}", false, false);
    messages.add(new SessionMessage(number, "msg_" + number, Instant.EPOCH, content));
  }

  List<SessionMessage> messages() {
    return messages;
  }

  List<Fact> facts() {
    return facts;
  }
}
