package dev.serai.processors.prompts;

import java.util.List;

/** The difference of two texts, line by line: the longest common subsequence stays. Pure. */
final class LineDiff {
  /** Above this product of their lengths, what differs is shown as removed and added at once. */
  private static final long MAX_CELLS = 1_000_000;

  private final List<String> from;
  private final List<String> to;
  private final StringBuilder out = new StringBuilder();

  private LineDiff(List<String> from, List<String> to) {
    this.from = from;
    this.to = to;
  }

  /** The lines of both, each behind a space if it stays, '-' if it is removed, '+' if it is new. */
  static String of(List<String> from, List<String> to) {
    return new LineDiff(from, to).diff();
  }

  private String diff() {
    int begin = 0;
    int common = Math.min(from.size(), to.size());
    while (begin < common && from.get(begin).equals(to.get(begin))) {
      begin++;
    }
    int end = 0;
    while (end < common - begin
        && from.get(from.size() - 1 - end).equals(to.get(to.size() - 1 - end))) {
      end++;
    }
    add(' ', from.subList(0, begin));
    between(from.subList(begin, from.size() - end), to.subList(begin, to.size() - end));
    add(' ', from.subList(from.size() - end, from.size()));
    return out.toString();
  }

  private void between(List<String> old, List<String> fresh) {
    if ((long) old.size() * fresh.size() > MAX_CELLS) {
      add('-', old);
      add('+', fresh);
      return;
    }
    int[][] longest = longest(old, fresh);
    int i = 0;
    int j = 0;
    while (i < old.size() || j < fresh.size()) {
      if (i < old.size() && j < fresh.size() && old.get(i).equals(fresh.get(j))) {
        add(' ', List.of(old.get(i)));
        i++;
        j++;
      } else if (j == fresh.size() || i < old.size() && longest[i + 1][j] >= longest[i][j + 1]) {
        add('-', List.of(old.get(i++)));
      } else {
        add('+', List.of(fresh.get(j++)));
      }
    }
  }

  /** The length of the longest common subsequence of what is left from each place on. */
  private static int[][] longest(List<String> old, List<String> fresh) {
    int[][] longest = new int[old.size() + 1][fresh.size() + 1];
    for (int i = old.size() - 1; i >= 0; i--) {
      for (int j = fresh.size() - 1; j >= 0; j--) {
        longest[i][j] =
            old.get(i).equals(fresh.get(j))
                ? longest[i + 1][j + 1] + 1
                : Math.max(longest[i + 1][j], longest[i][j + 1]);
      }
    }
    return longest;
  }

  private void add(char mark, List<String> lines) {
    lines.forEach(line -> out.append(mark).append(line).append('\n'));
  }
}
