package dev.serai.adapters.persona;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Splits one Markdown document into its sections. Not thread-safe; one instance for each document.
 */
final class MarkdownReader {
  private static final Pattern LINK = Pattern.compile("!?\\[([^\\]]+)]\\((?!https?:)[^)]*\\)");
  private static final Pattern HEADING = Pattern.compile("#{1,6} +(.+?)[ #]*");
  private static final String SUMMARY = "In short";
  private static final String FENCE = "```";

  private final String file;
  private final List<Section> sections = new ArrayList<>();
  private final List<String> blocks = new ArrayList<>();
  private final StringBuilder block = new StringBuilder();
  private String title = "";
  private String heading = "";
  private boolean inCode;

  private MarkdownReader(String file) {
    this.file = file;
  }

  static List<Section> read(String file, String markdown) {
    MarkdownReader reader = new MarkdownReader(file);
    markdown.lines().forEach(reader::line);
    reader.endSection();
    return List.copyOf(reader.sections);
  }

  private void line(String line) {
    if (line.stripLeading().startsWith(FENCE)) {
      inCode = !inCode;
      append(line);
    } else if (inCode) {
      append(line);
    } else if (line.isBlank()) {
      endBlock();
    } else if (line.startsWith("#") && HEADING.matcher(line).matches()) {
      startSection(HEADING.matcher(line).replaceFirst("$1").replace("`", ""));
    } else {
      append(LINK.matcher(line).replaceAll("$1"));
    }
  }

  private void append(String line) {
    if (!block.isEmpty()) {
      block.append('\n');
    }
    block.append(line);
  }

  /** A summary under the title belongs to the part before it. */
  private void startSection(String name) {
    if (name.equals(SUMMARY) && heading.equals(title)) {
      endBlock();
      return;
    }
    endSection();
    heading = name;
    if (title.isEmpty()) {
      title = name;
    }
  }

  private void endBlock() {
    if (block.isEmpty()) {
      return;
    }
    String done = block.toString();
    block.setLength(0);
    if (!blocks.isEmpty() && blocks.getLast().endsWith(":")) {
      blocks.set(blocks.size() - 1, blocks.getLast() + "\n\n" + done);
    } else {
      blocks.add(done);
    }
  }

  private void endSection() {
    endBlock();
    if (!blocks.isEmpty()) {
      sections.add(new Section(file, title, heading, blocks));
      blocks.clear();
    }
  }
}
