package dev.serai.e2e.day;

import java.util.SplittableRandom;

/**
 * A task of the day. Its text names it, so that a provider knows which one it is.
 *
 * @param number from 0
 * @param kind of work
 * @param conversation whose long beginning providers may keep; -1 for a single question
 * @param outputTokens of the response
 */
record DayTask(int number, Kind kind, int conversation, int outputTokens) {
  private static final int CONVERSATIONS = 60;
  private static final int HOURS = 24;

  /** What people ask for; the column is that of the group of tasks in {@code models.csv}. */
  enum Kind {
    CODE(2, "Write a Java function that parses a date, and its unit test."),
    REASONING(1, "Prove that the sum of two odd numbers is even, step by step."),
    CHAT(8, "What should I see in Lisbon on a rainy weekend?"),
    EXTRACT(7, "Extract all names and dates from this letter."),
    CLASSIFY(6, "Classify this ticket as bug, question or complaint."),
    JSON(9, "Return a JSON object with the fields name, price and stock.");

    final int column;
    private final String text;

    Kind(int column, String text) {
      this.column = column;
      this.text = text;
    }
  }

  /** The task of that number; in the evening there is more chat, by day more code. */
  static DayTask of(int number, int all) {
    SplittableRandom chance = new SplittableRandom(7919L * number + 1);
    boolean evening = HOURS * (double) number / all >= 18;
    Kind[] kinds = Kind.values();
    Kind kind =
        chance.nextInt(3) == 0
            ? evening ? Kind.CHAT : Kind.CODE
            : kinds[chance.nextInt(kinds.length)];
    int conversation = chance.nextInt(10) < 4 ? chance.nextInt(CONVERSATIONS) : -1;
    return new DayTask(number, kind, conversation, 100 + chance.nextInt(500));
  }

  /** The task that a text names. */
  static DayTask of(String text) {
    String[] named = text.substring(text.lastIndexOf('#') + 1).split("/");
    return of(Integer.parseInt(named[0]), Integer.parseInt(named[1]));
  }

  /** The request for a model name. */
  String body(String model, int all) {
    String system =
        conversation < 0
            ? ""
            : "{\"role\": \"system\", \"content\": \"%s\"}, "
                .formatted(("You serve the customers of shop " + conversation + ". ").repeat(250));
    return """
    {"model": "%s", "max_tokens": 800, "messages": [%s{"role": "user", "content": "%s #%d/%d"}]}
    """
        .formatted(model, system, kind.text, number, all);
  }
}
