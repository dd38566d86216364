package dev.serai.core.guard;

import dev.serai.core.guard.GuardedText.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A text of a response that arrives in pieces, while guards search it. What may be the beginning of
 * a match of a guard that blocks is held back: at most {@code TextMatcher.MAX_MATCH} characters and
 * a piece. So no match is ever released as a whole, wherever the text is cut. Once for each guard
 * it reports a match. Not thread-safe.
 */
public final class StreamedText {
  private final List<Watch> watches = new ArrayList<>(2);
  private final Consumer<Guard> found;
  private final @Nullable JsonChars escapes;
  private final StringBuilder held = new StringBuilder();
  private long position;
  private @Nullable Guard blocking;

  /** The search of one guard. */
  private static final class Watch {
    private final Guard guard;
    private final TextMatcher matcher;
    private boolean matched;

    Watch(Guard guard, PatternSet patterns) {
      this.guard = guard;
      matcher = patterns.matcher();
    }
  }

  /**
   * @param found receives each guard once that finds a match
   */
  public StreamedText(Source source, List<Guard> guards, Consumer<Guard> found) {
    this.found = found;
    escapes = source.isJson() ? new JsonChars() : null;
    for (Guard guard : guards) {
      PatternSet patterns = guard.patterns().of(source);
      if (patterns != PatternSet.NONE) {
        watches.add(new Watch(guard, patterns));
      }
    }
  }

  /** The guard that blocks the response; then nothing more is released. */
  public Optional<Guard> blocking() {
    return Optional.ofNullable(blocking);
  }

  /** Takes a piece; returns what is certain so far. */
  public String take(String piece) {
    if (watches.isEmpty()) {
      return piece;
    }
    for (int i = 0; i < piece.length(); i++) {
      take(piece.charAt(i));
    }
    return released(piece, heldFrom());
  }

  private void take(char c) {
    if (escapes == null) {
      search(c, position);
    } else {
      escapes.take(c, position, this::search);
    }
    position++;
  }

  private void search(char c, long at) {
    for (Watch watch : watches) {
      note(watch, !watch.matched && watch.matcher.take(c, at));
    }
  }

  private void note(Watch watch, boolean matches) {
    if (matches) {
      watch.matched = true;
      found.accept(watch.guard);
      if (watch.guard.blocks()) {
        blocking = watch.guard;
      }
    }
  }

  private long heldFrom() {
    long from = position;
    for (Watch watch : watches) {
      if (watch.guard.blocks()) {
        long escape = escapes == null ? position : escapes.heldFrom(position);
        from = Math.min(from, Math.min(escape, watch.matcher.heldFrom(position)));
      }
    }
    return from;
  }

  private String released(String piece, long from) {
    if (blocking != null) {
      return "";
    }
    if (held.isEmpty() && from == position) {
      return piece;
    }
    held.append(piece);
    int length = held.length() - (int) (position - from);
    if (length <= 0) { // what is released already cannot be held back
      return "";
    }
    String certain = held.substring(0, length);
    held.delete(0, length);
    return certain;
  }

  /** The text has ended or is interrupted: returns what was held back. It may go on after that. */
  public String end() {
    for (Watch watch : watches) {
      note(watch, !watch.matched && watch.matcher.end());
    }
    String rest = blocking == null ? held.toString() : "";
    held.setLength(0);
    return rest;
  }
}
