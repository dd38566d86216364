package dev.serai.core.guard;

import dev.serai.core.guard.GuardedText.Source;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The patterns that a guard searches for, by the source of a text. Thread-safe. */
public final class TextPatterns {
  /** Nothing is searched for. */
  public static final TextPatterns NONE = new TextPatterns(_ -> PatternSet.NONE);

  private final Function<Source, PatternSet> bySource;

  private TextPatterns(Function<Source, PatternSet> bySource) {
    this.bySource = bySource;
  }

  /**
   * Phrases and regular expressions, in all texts.
   *
   * @param patterns {@code /.../} is a regular expression, anything else is a phrase
   * @throws IllegalArgumentException if one cannot be used; the message says why
   */
  public static TextPatterns of(List<String> patterns) {
    PatternSet compiled = PatternSet.of(patterns);
    return new TextPatterns(_ -> compiled);
  }

  /** What is wrong with a pattern of {@link #of}; empty if nothing is. */
  public static Optional<String> fault(String pattern) {
    return PatternSet.fault(pattern);
  }

  /** Whether a pattern looks like a regular expression that lacks one of its slashes. */
  public static boolean isHalfExpression(String pattern) {
    return PatternSet.hasOneSlash(pattern);
  }

  /** The built-in patterns of prompt injection. */
  public static TextPatterns ofInjection() {
    return new TextPatterns(new InjectionPatterns()::of);
  }

  /** The patterns for texts of this source; {@link PatternSet#NONE} if they are not searched. */
  PatternSet of(Source source) {
    return bySource.apply(source);
  }

  /** Whether a whole text has a match. */
  public boolean isIn(GuardedText text) {
    PatternSet patterns = of(text.source());
    String written = text.text();
    return patterns != PatternSet.NONE
        && patterns.isIn(text.source().isJson() ? JsonChars.plain(written) : written);
  }
}
