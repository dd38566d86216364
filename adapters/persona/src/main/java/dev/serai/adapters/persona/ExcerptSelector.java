package dev.serai.adapters.persona;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Picks what to quote from a section: the blocks that match best, in their own order. */
final class ExcerptSelector {
  private final StemAnalyzer words;
  private final Set<String> question;

  ExcerptSelector(StemAnalyzer words, Set<String> question) {
    this.words = words;
    this.question = question;
  }

  /**
   * Quotes a section.
   *
   * @param most characters; one block is quoted even if it is longer, but never more than thrice
   */
  String of(Section section, int most) {
    List<String> blocks = section.blocks();
    Set<Integer> picked = new TreeSet<>();
    int length = 0;
    for (int index : byMatch(blocks)) {
      int size = blocks.get(index).length();
      if (picked.isEmpty() || length + size <= most) {
        picked.add(index);
        length += size;
      }
    }
    List<String> quoted = new ArrayList<>();
    picked.forEach(index -> quoted.add(cut(blocks.get(index), 3 * most)));
    return String.join("\n\n", quoted);
  }

  private List<Integer> byMatch(List<String> blocks) {
    List<Integer> order = new ArrayList<>();
    int[] matches = new int[blocks.size()];
    for (int i = 0; i < matches.length; i++) {
      Set<String> stems = words.stems(blocks.get(i), Integer.MAX_VALUE);
      stems.retainAll(question);
      matches[i] = stems.size();
      order.add(i);
    }
    order.sort(Comparator.comparingInt(i -> -matches[i]));
    return order;
  }

  /** Cut at the end of a line; fenced code that was cut open is closed. */
  private static String cut(String block, int most) {
    if (block.length() <= most) {
      return block;
    }
    String kept = block.substring(0, Math.max(1, block.lastIndexOf('\n', most)));
    boolean open = (kept.split("```", -1).length & 1) == 0;
    return kept + (open ? "\n...\n```" : "\n...");
  }
}
