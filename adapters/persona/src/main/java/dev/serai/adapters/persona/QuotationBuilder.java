package dev.serai.adapters.persona;

import java.util.ArrayList;
import java.util.List;

/**
 * Builds the text of a response from quotes: a long one of the best section, short ones of others.
 */
final class QuotationBuilder {
  private static final int MAX_FIRST = 1_400;
  private static final int MAX_OTHER = 500;

  private final ExcerptSelector excerpt;
  private final List<Section> quoted = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();

  QuotationBuilder(ExcerptSelector excerpt) {
    this.excerpt = excerpt;
  }

  void define(TableDefinitions.Definition definition) {
    append(definition.section(), definition.text());
  }

  void add(Section section) {
    if (!quoted.contains(section)) {
      append(section, excerpt.of(section, quoted.isEmpty() ? MAX_FIRST : MAX_OTHER));
    }
  }

  boolean isEmpty() {
    return quoted.isEmpty();
  }

  List<Persona.Source> sources() {
    return quoted.stream().map(s -> new Persona.Source(s.file(), s.heading())).toList();
  }

  /** The quotes, and below them their sources. */
  String text() {
    StringBuilder all = new StringBuilder(text).append("Sources:");
    quoted.forEach(section -> all.append("\n- ").append(section.cited()));
    return all.toString();
  }

  private void append(Section section, String quote) {
    quoted.add(section);
    text.append(quote).append("\n\n");
  }
}
