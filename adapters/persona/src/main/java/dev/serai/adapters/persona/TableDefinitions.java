package dev.serai.adapters.persona;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The definitions in the tables of the documentation: the first cell of a row is a term, the other
 * cells explain it. Of two rows for one term that of the vocabulary counts, or else the first.
 * Immutable.
 */
final class TableDefinitions {
  private static final int MAX_ROWS = 5_000;
  private static final Pattern OTHER_QUESTION =
      Pattern.compile(
          "(how|which|where|when|why|who|can|could|may|does|do|is|are|has|will)\\b.*"
              + "|what\\b.*\\bare there\\b.*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private final Map<Set<String>, Definition> byStems = new LinkedHashMap<>();

  /**
   * The definition of a term.
   *
   * @param text the cells as one line
   */
  record Definition(Section section, String text) {}

  TableDefinitions(List<Section> sections, StemAnalyzer words) {
    for (Section section : sections) {
      for (String line : section.text().split("\n", -1)) {
        if (line.startsWith("| ") && byStems.size() < MAX_ROWS) {
          row(section, line, words);
        }
      }
    }
  }

  /** The definition of the term that a question asks for, if it asks for nothing else. */
  Optional<Definition> find(String question, Set<String> stems) {
    return OTHER_QUESTION.matcher(question.strip()).matches()
        ? Optional.empty()
        : Optional.ofNullable(byStems.get(stems));
  }

  private void row(Section section, String line, StemAnalyzer words) {
    List<String> cells = List.of(line.substring(1).strip().split(" *\\| *"));
    if (cells.size() < 2 || cells.getFirst().isEmpty()) {
      return;
    }
    String explanation = String.join("; ", cells.subList(1, cells.size()));
    Definition definition = new Definition(section, "**" + cells.getFirst() + "**: " + explanation);
    for (String term : cells.getFirst().split(",", -1)) {
      Set<String> stems = words.stems(term, Integer.MAX_VALUE);
      boolean name = term.startsWith("`") && term.endsWith("`");
      if (!stems.isEmpty() && (name || section.isVocabulary())) {
        add(stems, definition);
      }
    }
  }

  private void add(Set<String> stems, Definition definition) {
    if (definition.section().isVocabulary()) {
      byStems.put(stems, definition);
    } else {
      byStems.putIfAbsent(stems, definition);
    }
  }
}
