package dev.serai.core.text;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Finds the known name that a misspelt one was meant to be. Pure. */
public final class Spelling {
  private static final int MAX_TYPOS = 2;

  /** The characters of a name for each typo that it may have. */
  private static final int LENGTH_PER_TYPO = 4;

  private static final int MIN_LENGTH = 3;
  private static final int MAX_LENGTH = 128;
  private static final int MAX_COMPARED = 2_000;

  private Spelling() {}

  /**
   * The name that is nearest to the one read, if it is near: they differ by at most one typo for
   * each four characters of the longer one and by at most two, by one also if it has three
   * characters. Case does not count. The cost is bounded: at most {@value #MAX_COMPARED} names are
   * compared.
   */
  public static Optional<String> closest(String read, Collection<String> names) {
    String wanted = read.toLowerCase(Locale.ROOT);
    String best = "";
    int distance = MAX_TYPOS + 1;
    int compared = 0;
    for (String name : names) {
      int allowed = allowed(Math.max(name.length(), wanted.length()));
      if (distance == 0 || Math.abs(name.length() - wanted.length()) > allowed) {
        continue;
      }
      if (++compared > MAX_COMPARED || wanted.length() > MAX_LENGTH) {
        break;
      }
      int typos = typos(wanted, name.toLowerCase(Locale.ROOT));
      if (typos <= allowed && typos < distance) {
        best = name;
        distance = typos;
      }
    }
    return best.isEmpty() ? Optional.empty() : Optional.of(best);
  }

  private static int allowed(int length) {
    int least = length < MIN_LENGTH ? 0 : 1;
    return Math.clamp(length / LENGTH_PER_TYPO, least, MAX_TYPOS);
  }

  /**
   * The only name that has the words of the one read at its beginning or at its end, and others:
   * {@code max_latency} is meant as {@code max_latency_ms}.
   */
  public static Optional<String> longer(String read, Collection<String> names) {
    String wanted = read.toLowerCase(Locale.ROOT).replace('-', '_');
    if (wanted.isEmpty()) {
      return Optional.empty();
    }
    Set<String> found = new HashSet<>();
    for (String name : names) {
      String plain = name.toLowerCase(Locale.ROOT).replace('-', '_');
      if (plain.startsWith(wanted + "_") || plain.endsWith("_" + wanted)) {
        found.add(name);
      }
    }
    return found.size() == 1 ? found.stream().findFirst() : Optional.empty();
  }

  /**
   * The optimal string alignment distance: how many characters are inserted, removed, replaced or
   * swapped with their neighbour.
   */
  public static int typos(String a, String b) {
    int[] before = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] oldest = before;
      before = last;
      last = row;
      row = oldest;
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(last[j], row[j - 1]));
        if (areSwapped(a, i, b, j)) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
      }
    }
    return row[b.length()];
  }

  /** Whether the two characters before these ends are the same in the other order. */
  private static boolean areSwapped(String a, int endA, String b, int endB) {
    return endA > 1
        && endB > 1
        && a.charAt(endA - 1) == b.charAt(endB - 2)
        && a.charAt(endA - 2) == b.charAt(endB - 1);
  }
}
