package dev.serai.core.guard;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Compiled patterns: a nondeterministic automaton as a list of instructions (Thompson, Regular
 * Expression Search Algorithm, 1968). An instruction that takes a character continues with the next
 * one. Built by {@link PatternSet}; then it is only read.
 */
final class Program {
  static final int CHAR = 0;
  static final int CLASS = 1;
  static final int SPLIT = 2;
  static final int JUMP = 3;
  static final int BOUNDARY = 4;
  static final int MATCH = 5;

  /** The most instructions of all patterns together. */
  static final int MAX_SIZE = 20_000;

  private static final int ASCII = 128;
  private static final int[] NONE = new int[0];

  private int[] operations = new int[64];
  private int[] firsts = new int[64];
  private int[] seconds = new int[64];
  private CharClass[] classes = new CharClass[64];
  private int size;
  private final int[][] entriesByChar = new int[ASCII][];
  private int[] entriesOfOthers = NONE;

  Program() {
    Arrays.fill(entriesByChar, NONE);
  }

  int size() {
    return size;
  }

  int add(int operation, int first, int second) {
    return add(operation, first, second, CharClass.ANY);
  }

  int add(int operation, int first, int second, CharClass of) {
    if (size == MAX_SIZE) {
      throw new IllegalArgumentException(
          "patterns are too large: all together may have " + MAX_SIZE + " characters and choices");
    }
    if (size == operations.length) {
      operations = Arrays.copyOf(operations, 2 * size);
      firsts = Arrays.copyOf(firsts, 2 * size);
      seconds = Arrays.copyOf(seconds, 2 * size);
      classes = Arrays.copyOf(classes, 2 * size);
    }
    operations[size] = operation;
    firsts[size] = first;
    seconds[size] = second;
    classes[size] = of;
    return size++;
  }

  void set(int at, int first, int second) {
    firsts[at] = first;
    seconds[at] = second;
  }

  int operation(int at) {
    return operations[at];
  }

  int first(int at) {
    return firsts[at];
  }

  int second(int at) {
    return seconds[at];
  }

  boolean takes(int at, char c) {
    return switch (operations[at]) {
      case CHAR -> firsts[at] == CharClass.folded(c);
      case CLASS -> classes[at].has(c);
      default -> false;
    };
  }

  /** The patterns that may begin with a character, by their first instruction. */
  int[] entries(char c) {
    char folded = CharClass.folded(c);
    return folded < ASCII ? entriesByChar[folded] : entriesOfOthers;
  }

  /**
   * Sorts the patterns by the characters that they may begin with.
   *
   * @param entries the first instruction of each pattern
   * @throws IllegalArgumentException if a pattern matches the empty text
   */
  void index(int[] entries) {
    BitSet[] reached = new BitSet[entries.length];
    for (int i = 0; i < entries.length; i++) {
      reached[i] = reached(entries[i]);
    }
    for (char c = 0; c < ASCII; c++) {
      char first = c;
      entriesByChar[c] = beginning(entries, reached, at -> takes(at, first));
    }
    entriesOfOthers = beginning(entries, reached, this::takesOthers);
  }

  private static int[] beginning(int[] entries, BitSet[] reached, IntPredicate takes) {
    return IntStream.range(0, entries.length)
        .filter(i -> reached[i].stream().anyMatch(takes))
        .map(i -> entries[i])
        .toArray();
  }

  private boolean takesOthers(int at) {
    return switch (operations[at]) {
      case CHAR -> firsts[at] >= ASCII;
      case CLASS -> classes[at].negated() || classes[at].members().length() > ASCII;
      default -> false;
    };
  }

  /** The instructions that may take the first character of a pattern. */
  private BitSet reached(int entry) {
    BitSet seen = new BitSet(size);
    BitSet open = new BitSet(size);
    open.set(entry);
    for (int at = entry; at >= 0; at = open.nextSetBit(0)) {
      open.clear(at);
      if (seen.get(at)) {
        continue;
      }
      seen.set(at);
      switch (operations[at]) {
        case SPLIT -> {
          open.set(firsts[at]);
          open.set(seconds[at]);
        }
        case JUMP, BOUNDARY -> open.set(firsts[at]);
        case MATCH ->
            throw new IllegalArgumentException(
                "matches the empty text, so it would match every text");
        default -> {}
      }
    }
    return seen;
  }
}
