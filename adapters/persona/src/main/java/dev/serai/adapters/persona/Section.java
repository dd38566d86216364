package dev.serai.adapters.persona;

import java.util.List;
import java.util.Set;

/**
 * The content under one heading of a document.
 *
 * @param file relative to the folder that was read, with '/'
 * @param title the first heading of the document
 * @param heading of the section; the title for the content before the second heading
 * @param blocks paragraphs, lists, tables and fenced code, in order; a paragraph that ends with a
 *     colon is one block with the next one
 */
record Section(String file, String title, String heading, List<String> blocks) {
  /** Reference pages: their tables contain nearly every word and explain few of them. */
  private static final Set<String> REFERENCES =
      Set.of("docs/settings.md", "docs/quirks.md", "docs/fidelity.md");

  private static final int MAX_SHORT = 500;
  private static final String MIGRATION = "docs/migrating-from-";

  Section {
    blocks = List.copyOf(blocks);
  }

  String text() {
    return String.join("\n\n", blocks);
  }

  /** The text without fenced code, or the code alone. */
  String text(boolean code) {
    StringBuilder selected = new StringBuilder();
    boolean inCode = false;
    for (String line : text().split("\n", -1)) {
      if (line.stripLeading().startsWith("```")) {
        inCode = !inCode;
      } else if (inCode == code) {
        selected.append(line).append('\n');
      }
    }
    return selected.toString();
  }

  /** Whether it only introduces other sections. */
  boolean isShort() {
    return text().length() < MAX_SHORT;
  }

  /** Whether it has fenced code, such as an example of settings. */
  boolean hasExample() {
    return text().contains("```");
  }

  boolean isDecision() {
    return file.contains("/adr/");
  }

  /** Whether this is a section of the README, which only summarises the other documents. */
  boolean isSummary() {
    return file.equals("README.md") && !heading.equals(title);
  }

  /**
   * The stem of the program that the page is a migration from, such as litellm; empty for all other
   * pages.
   */
  String migratesFrom() {
    return file.startsWith(MIGRATION)
        ? file.substring(MIGRATION.length(), file.length() - ".md".length())
        : "";
  }

  /** The name of the page, such as settings for docs/settings.md. */
  String page() {
    return file.substring(file.lastIndexOf('/') + 1).replace(".md", "").replace('-', ' ');
  }

  /** Whether this is a section of a reference page. */
  boolean isReference() {
    return REFERENCES.contains(file);
  }

  boolean isVocabulary() {
    return file.endsWith("vocabulary.md");
  }

  /** The section as it is named as a source. */
  String cited() {
    return file + ", \"" + heading + "\"";
  }
}
