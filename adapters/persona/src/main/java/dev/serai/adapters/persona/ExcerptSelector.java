package dev.serai.adapters.persona;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Selects what to quote from a section: the blocks that match the question best, in their order.
 */
final class ExcerptSelector {
  private final StemAnalyzer analyzer;
  private final Set<String> question;

  ExcerptSelector(StemAnalyzer analyzer, Set<String> question) {
    this.analyzer = analyzer;
    this.question = question;
  }

  /**
   * Quotes a section.
   *
   * @param max characters; one block is quoted even if it is longer, up to three times as long
   */
  String of(Section section, int max) {
    LongTable tables = new LongTable(analyzer, question);
    List<String> blocks = section.blocks().stream().map(tables::shortened).toList();
    Set<Integer> picked = new TreeSet<>();
    int length = 0;
    for (int index : byMatch(blocks)) {
      int size = blocks.get(index).length();
      if (picked.isEmpty() || length + size <= max) {
        picked.add(index);
        length += size;
      }
    }
    List<String> quoted = new ArrayList<>();
    picked.forEach(index -> quoted.add(cut(blocks.get(index), 3 * max)));
    return String.join("\n\n", quoted);
  }

  private List<Integer> byMatch(List<String> blocks) {
    List<Integer> order = new ArrayList<>();
    int[] matches = new int[blocks.size()];
    for (int i = 0; i < matches.length; i++) {
      Set<String> stems = analyzer.stems(blocks.get(i), Integer.MAX_VALUE);
      stems.retainAll(question);
      matches[i] = stems.size();
      order.add(i);
    }
    order.sort(Comparator.comparingInt(i -> -matches[i]));
    return order;
  }

  /** Cuts a block at the end of a line, and closes fenced code that was cut. */
  private static String cut(String block, int max) {
    if (block.length() <= max) {
      return block;
    }
    String start = block.substring(0, Math.max(1, block.lastIndexOf('\n', max)));
    boolean open = (start.split("```", -1).length & 1) == 0;
    return start + (open ? "\n...\n```" : "\n...");
  }
}
