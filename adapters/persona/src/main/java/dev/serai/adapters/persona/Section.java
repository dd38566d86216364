package dev.serai.adapters.persona;

import java.util.List;

/**
 * What stands under one heading of a document.
 *
 * @param file relative to the folder that was read, with '/'
 * @param title the document's first heading
 * @param heading the section's own; the title for what stands before the second heading
 * @param blocks paragraphs, lists, tables and fenced code, in order; a paragraph that announces the
 *     next block (it ends with a colon) is one block with it
 */
record Section(String file, String title, String heading, List<String> blocks) {
  Section {
    blocks = List.copyOf(blocks);
  }

  String text() {
    return String.join("\n\n", blocks);
  }

  /** The text without fenced code, or the code alone. */
  String text(boolean code) {
    StringBuilder kept = new StringBuilder();
    boolean inCode = false;
    for (String line : text().split("\n", -1)) {
      if (line.stripLeading().startsWith("```")) {
        inCode = !inCode;
      } else if (inCode == code) {
        kept.append(line).append('\n');
      }
    }
    return kept.toString();
  }

  boolean isDecision() {
    return file.contains("/adr/");
  }

  /** README's sections say in short what the documents say. */
  boolean isSummary() {
    return file.equals("README.md") && !heading.equals(title);
  }

  boolean isVocabulary() {
    return file.endsWith("vocabulary.md");
  }

  /** How an answer names its source. */
  String cited() {
    return file + ", \"" + heading + "\"";
  }
}
