package dev.serai.core.features;

import dev.serai.core.model.Capability;

/**
 * Guesses the kind of work of a request. The instruction is at the beginning or the end of what the
 * user writes, so only those are read; a short message that continues a conversation is read with
 * the first message. A linear model over hashed words, pieces of words and rules scores each
 * cluster; what the request itself asks for, such as JSON, is added to the scores. Pure.
 */
final class TaskClassifier {
  private static final TaskModel MODEL = TaskModel.shipped();
  private static final int FIRST = 480;
  private static final int LAST = 240;
  private static final int SHORT = 60;

  /** What a request for JSON adds to the score of its cluster. */
  private static final double JSON = 3;

  /** What a fence of code adds to the score of its cluster. */
  private static final double FENCE = 2;

  /** What a system prompt adds to the scores of the clusters that it names, in all. */
  private static final double SYSTEM = 3;

  private static final int CLUSTERS = (1 << TaskCluster.values().length) - 1;

  private TaskClassifier() {}

  static TaskGuess classify(PromptOutline outline) {
    TaskTerms terms = TaskTerms.of(instruction(outline));
    double[] scores = MODEL.scores(terms);
    if (outline.needs().contains(Capability.JSON_MODE)
        || outline.needs().contains(Capability.STRUCTURED_OUTPUT)) {
      scores[TaskCluster.JSON.ordinal()] += JSON;
    }
    scores[TaskCluster.CODE.ordinal()] += terms.hasFence() ? FENCE : 0;
    int named = TaskTerms.of(outline.system()).rules() & CLUSTERS;
    for (int rest = named; rest != 0; rest &= rest - 1) {
      scores[Integer.numberOfTrailingZeros(rest)] += SYSTEM / Integer.bitCount(named);
    }
    return best(scores);
  }

  /** The parts of a prompt that say what is wanted. */
  static String instruction(PromptOutline outline) {
    String question = ends(outline.question());
    boolean continues = outline.turns() > 1 && question.length() < SHORT;
    return continues ? question + "\n" + ends(outline.opening()) : question;
  }

  private static String ends(String text) {
    return text.length() <= FIRST + LAST
        ? text
        : text.substring(0, FIRST) + "\n" + text.substring(text.length() - LAST);
  }

  private static TaskGuess best(double[] scores) {
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      best = scores[i] > scores[best] ? i : best;
    }
    double all = 0;
    for (double score : scores) {
      all += Math.exp(score - scores[best]);
    }
    return new TaskGuess(TaskCluster.values()[best], 1 / all, false);
  }
}
