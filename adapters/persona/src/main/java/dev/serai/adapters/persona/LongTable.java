package dev.serai.adapters.persona;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Shortens long tables to their header and the rows that have the words of a question. Immutable.
 */
final class LongTable {
  private static final int MIN_ROWS = 9;
  private static final int HEADER_ROWS = 2;

  private final StemAnalyzer analyzer;
  private final Set<String> question;

  LongTable(StemAnalyzer analyzer, Set<String> question) {
    this.analyzer = analyzer;
    this.question = question;
  }

  /** The block; of a long table in it, the header and the rows that match best. */
  String shortened(String block) {
    List<String> lines = List.of(block.split("\n", -1));
    int first = 0;
    while (first < lines.size() && !isRow(lines.get(first))) {
      first++;
    }
    int end = first;
    while (end < lines.size() && isRow(lines.get(end))) {
      end++;
    }
    int body = first + HEADER_ROWS;
    if (end - body < MIN_ROWS) {
      return block;
    }
    List<String> kept = new ArrayList<>(lines.subList(0, body));
    kept.addAll(best(lines.subList(body, end)));
    kept.addAll(lines.subList(end, lines.size()));
    return String.join("\n", kept);
  }

  private static boolean isRow(String line) {
    return line.startsWith("|");
  }

  /** The rows with the most words of the question; all if none has one. */
  private List<String> best(List<String> rows) {
    int[] matches = new int[rows.size()];
    int most = 0;
    for (int i = 0; i < matches.length; i++) {
      Set<String> stems = analyzer.stems(rows.get(i), Integer.MAX_VALUE);
      stems.retainAll(question);
      matches[i] = stems.size();
      most = Math.max(most, matches[i]);
    }
    List<String> best = new ArrayList<>();
    for (int i = 0; i < matches.length; i++) {
      if (matches[i] == most) {
        best.add(rows.get(i));
      }
    }
    return best;
  }
}
