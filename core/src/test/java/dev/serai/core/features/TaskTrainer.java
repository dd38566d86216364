package dev.serai.core.features;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Learns the weights of {@link TaskModel} from the labelled prompts that are not held out: logistic
 * regression for several classes, by stochastic gradient descent. The result depends on nothing
 * else. A program, not a test: {@code TaskTrainer FILE} writes the model.
 */
final class TaskTrainer {
  private static final int ROUNDS = 120;
  private static final double RATE = 0.3;
  private static final double DECAY = 2e-4;
  private static final int LINE = 120;

  private final double[][] weights = new double[TaskModel.ROWS][TaskModel.CLUSTERS];

  private TaskTrainer() {}

  public static void main(String[] arguments) throws IOException {
    Files.writeString(Path.of(arguments[0]), model(LabelledPrompts.split().learned()));
  }

  /** The text of the model. */
  static String model(List<LabelledPrompts.Prompt> prompts) {
    TaskTrainer trainer = new TaskTrainer();
    List<LabelledPrompts.Prompt> order = new ArrayList<>(prompts);
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = order.size() - 1; i > 0; i--) {
        order.set(i, order.set(random.nextInt(i + 1), order.get(i)));
      }
      double rate = RATE / (1 + 0.05 * round);
      order.forEach(prompt -> trainer.learn(prompt, rate));
    }
    return trainer.text();
  }

  private void learn(LabelledPrompts.Prompt prompt, double rate) {
    TaskTerms terms = prompt.terms();
    List<Integer> common = new ArrayList<>(List.of(0));
    for (int rule = 0; rule < TaskTerms.RULES; rule++) {
      if ((terms.rules() >> rule & 1) != 0) {
        common.add(1 + rule);
      }
    }
    List<Integer> present = new ArrayList<>();
    for (int bucket = 0; bucket < TaskTerms.BUCKETS; bucket++) {
      if ((terms.present()[bucket / Long.SIZE] >>> bucket & 1) != 0) {
        present.add(1 + TaskTerms.RULES + bucket);
      }
    }
    double scale = 1 / Math.sqrt(Math.max(1, present.size()));
    double[] errors = errors(common, present, scale);
    errors[prompt.cluster().ordinal()] -= 1;
    step(common, errors, rate * 0.3);
    step(present, errors, rate * scale);
  }

  private double[] errors(List<Integer> common, List<Integer> present, double scale) {
    double[] odds = new double[TaskModel.CLUSTERS];
    double all = 0;
    for (int k = 0; k < odds.length; k++) {
      double score = 0;
      for (int row : common) {
        score += weights[row][k];
      }
      for (int row : present) {
        score += weights[row][k] * scale;
      }
      odds[k] = StrictMath.exp(score);
      all += odds[k];
    }
    for (int k = 0; k < odds.length; k++) {
      odds[k] /= all;
    }
    return odds;
  }

  private void step(List<Integer> rows, double[] errors, double rate) {
    for (int row : rows) {
      for (int k = 0; k < errors.length; k++) {
        weights[row][k] -= rate * errors[k] + DECAY * weights[row][k];
      }
    }
  }

  private String text() {
    double largest = 0;
    for (double[] row : weights) {
      for (double weight : row) {
        largest = Math.max(largest, Math.abs(weight));
      }
    }
    double step = largest / Byte.MAX_VALUE;
    byte[] bytes = new byte[TaskModel.ROWS * TaskModel.CLUSTERS];
    for (int i = 0; i < bytes.length; i++) {
      double weight = weights[i / TaskModel.CLUSTERS][i % TaskModel.CLUSTERS];
      bytes[i] = (byte) Math.round(weight / step);
    }
    StringBuilder text = new StringBuilder("# Weights of TaskModel, written by TaskTrainer.\n");
    text.append(step).append('\n');
    String data = Base64.getEncoder().encodeToString(bytes);
    for (int at = 0; at < data.length(); at += LINE) {
      text.append(data, at, Math.min(at + LINE, data.length())).append('\n');
    }
    return text.toString();
  }
}
