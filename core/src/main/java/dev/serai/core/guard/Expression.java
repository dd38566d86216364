package dev.serai.core.guard;

import java.util.List;

/** A part of a regular expression. Immutable. */
sealed interface Expression {
  /** A character, in either case. */
  record Literal(char c) implements Expression {}

  /** A character of a set. */
  record Member(CharClass of) implements Expression {}

  /** The beginning or the end of a word. */
  record Boundary() implements Expression {}

  /** One after another. */
  record Sequence(List<Expression> parts) implements Expression {}

  /** One of several. */
  record Choice(List<Expression> parts) implements Expression {}

  /**
   * The same several times.
   *
   * @param most {@link #UNBOUNDED} for any number
   */
  record Repeat(Expression part, int least, int most) implements Expression {
    static final int UNBOUNDED = -1;
  }

  /** Adds its instructions to a program. */
  default void addTo(Program program) {
    switch (this) {
      case Literal(char c) -> program.add(Program.CHAR, CharClass.folded(c), 0);
      case Member(CharClass of) -> program.add(Program.CLASS, 0, 0, of);
      case Boundary() -> program.add(Program.BOUNDARY, program.size() + 1, 0);
      case Sequence(List<Expression> parts) -> parts.forEach(part -> part.addTo(program));
      case Choice(List<Expression> parts) -> addChoice(parts, program);
      case Repeat repeat -> addRepeat(repeat, program);
    }
  }

  private static void addChoice(List<Expression> parts, Program program) {
    int[] jumps = new int[parts.size() - 1];
    for (int i = 0; i < jumps.length; i++) {
      int split = program.add(Program.SPLIT, program.size() + 1, 0);
      parts.get(i).addTo(program);
      jumps[i] = program.add(Program.JUMP, 0, 0);
      program.set(split, split + 1, program.size());
    }
    parts.getLast().addTo(program);
    for (int jump : jumps) {
      program.set(jump, program.size(), 0);
    }
  }

  private static void addRepeat(Repeat repeat, Program program) {
    for (int i = 0; i < repeat.least; i++) {
      int before = program.size();
      repeat.part.addTo(program);
      if (program.size() == before) {
        return; // empty, however often
      }
    }
    if (repeat.most == Repeat.UNBOUNDED) {
      int split = program.add(Program.SPLIT, program.size() + 1, 0);
      repeat.part.addTo(program);
      program.add(Program.JUMP, split, 0);
      program.set(split, split + 1, program.size());
      return;
    }
    int[] splits = new int[Math.max(0, repeat.most - repeat.least)];
    for (int i = 0; i < splits.length; i++) {
      splits[i] = program.add(Program.SPLIT, program.size() + 1, 0);
      repeat.part.addTo(program);
    }
    for (int split : splits) {
      program.set(split, split + 1, program.size());
    }
  }
}
