package dev.serai.core.features;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;

/** The labelled prompts, and their split into those that the model learns from and the others. */
record LabelledPrompts(List<Prompt> learned, List<Prompt> heldOut) {
  private static final long SEED = 12;
  private static final int PARTS = 4;

  /** One prompt. */
  record Prompt(TaskCluster cluster, Language language, String text) {
    TaskTerms terms() {
      return TaskTerms.of(text);
    }
  }

  /** A quarter, by seed, is held out. */
  static LabelledPrompts split() {
    SplittableRandom random = new SplittableRandom(SEED);
    List<Prompt> learned = new ArrayList<>();
    List<Prompt> heldOut = new ArrayList<>();
    for (Prompt prompt : all()) {
      (random.nextInt(PARTS) == 0 ? heldOut : learned).add(prompt);
    }
    return new LabelledPrompts(learned, heldOut);
  }

  static List<Prompt> all() {
    return read("prompts.txt");
  }

  /** Prompts that were written after the model. */
  static List<Prompt> later() {
    return read("later-prompts.txt");
  }

  private static List<Prompt> read(String name) {
    try (InputStream file = LabelledPrompts.class.getResourceAsStream("/features/" + name)) {
      byte[] bytes = Objects.requireNonNull(file, name).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(LabelledPrompts::prompt)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Prompt prompt(String line) {
    String[] parts = line.split("\t", 3);
    return new Prompt(
        TaskCluster.valueOf(parts[0].toUpperCase(Locale.ROOT)),
        Language.valueOf(parts[1].toUpperCase(Locale.ROOT)),
        parts[2].replace("\\n", "\n"));
  }
}
