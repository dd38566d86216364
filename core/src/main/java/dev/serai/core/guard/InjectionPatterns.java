package dev.serai.core.guard;

import dev.serai.core.guard.GuardedText.Source;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The built-in patterns of prompt injection: attempts to replace the instructions of a model or to
 * read them, forged marks of roles, and hidden characters. They are in {@code injection.txt}. What
 * the operator of a client writes, system messages, is not searched. Thread-safe.
 */
final class InjectionPatterns {
  private static final String TOOLS_ONLY = "[results of tools]";

  private final PatternSet anywhere;
  private final PatternSet ofTools;

  /** Compiles the patterns. */
  InjectionPatterns() {
    List<String> common = new ArrayList<>();
    List<String> tools = new ArrayList<>();
    boolean toolsOnly = false;
    for (String line : lines()) {
      toolsOnly |= line.equals(TOOLS_ONLY);
      if (line.startsWith("/")) {
        tools.add(line);
        if (!toolsOnly) {
          common.add(line);
        }
      }
    }
    anywhere = PatternSet.of(common);
    ofTools = PatternSet.of(tools);
  }

  private static List<String> lines() {
    try (InputStream file = InjectionPatterns.class.getResourceAsStream("injection.txt")) {
      byte[] bytes = Objects.requireNonNull(file, "injection.txt").readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8).lines().map(String::strip).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The patterns for texts of a source. */
  PatternSet of(Source source) {
    return switch (source) {
      case SYSTEM -> PatternSet.NONE;
      case USER, ASSISTANT, TOOL_ARGUMENTS, OTHER_MEMBER -> anywhere;
      case TOOL_RESULT, TOOL_DEFINITION, SCHEMA -> ofTools;
    };
  }
}
