package dev.serai.config.read;

import dev.serai.core.secret.KeyForms;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** Collects the mistakes in the settings, so that all are reported at once. Not thread-safe. */
public final class Problems {
  private static final int MAX_PROBLEMS = 20;
  private static final String QUOTES =
      "; the value is in quotes, which count as a part of it: remove them";

  /** By source in the order of their first mistake, then by line, then as they were found. */
  private final List<Found> found = new ArrayList<>();

  /** Values that could not be read: what else is wrong with them cannot be known. */
  private final Set<Place> unread = new HashSet<>();

  private final Map<String, String> environment;
  private int more;
  private boolean temporary;

  private record Found(Place place, String what) {}

  /** Of a file alone. */
  public Problems() {
    this(Map.of());
  }

  /**
   * @param environment tells whether the value of a variable that is wrong is in quotes
   */
  public Problems(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /** Adds a value that is not allowed. */
  public void wrong(Node read, String allowed) {
    boolean quoted =
        read instanceof Node.Scalar value && value.expanded() && Names.isQuoted(value.text());
    add(read.place(), read.shown() + " was read; " + allowed + (quoted ? QUOTES : ""));
  }

  /** Adds any other mistake, once. Those after the twentieth are only counted. */
  public void add(Place place, String what) {
    if (!unread.contains(place)) {
      report(new Found(place, what));
    }
  }

  private void report(Found mistake) {
    if (found.contains(mistake)) {
      return;
    }
    if (found.size() < MAX_PROBLEMS) {
      found.add(mistake);
    } else {
      more++;
    }
  }

  /**
   * Adds what may pass without an edit of the settings: a file or a folder that cannot be used now.
   */
  public void addTemporary(Place place, String what) {
    temporary = true;
    add(place, what);
  }

  /** Adds that a value cannot be read. Nothing else is said about the value. */
  void addUnread(Place place, String what) {
    unread.add(place);
    report(new Found(place, what));
  }

  /** The same, if it may be read later without an edit of the settings. */
  void addTemporaryUnread(Place place, String what) {
    temporary = true;
    addUnread(place, what);
  }

  /** Whether the value at that place could not be read. */
  boolean isUnread(Place place) {
    return unread.contains(place);
  }

  /** Whether a mistake was found at that place itself. */
  public boolean hasAt(Place place) {
    return unread.contains(place) || found.stream().anyMatch(each -> each.place().equals(place));
  }

  /** Whether a mistake was found in a part of the setting at that place. */
  public boolean hasWithin(Place place) {
    return found.stream()
        .map(Found::place)
        .filter(each -> each.source().equals(place.source()))
        .anyMatch(each -> each.key().startsWith(place.key() + "."));
  }

  /** Whether the part has a key that was refused, and that is meant to be this one. */
  public boolean isMisspelt(Node part, String key) {
    return part instanceof Node.Mapping mapping
        && mapping.entries().entrySet().stream()
            .filter(each -> hasAt(each.getValue().place()))
            .anyMatch(each -> Names.closestSetting(each.getKey(), Set.of(key)).isPresent());
  }

  /** Passes the mistakes with their places, in the order in which they were found. */
  public void forEach(BiConsumer<Place, String> mistake) {
    found.forEach(each -> mistake.accept(each.place, each.what));
  }

  /** The mistakes; empty if there are none. */
  public Optional<SettingsException> all() {
    if (found.isEmpty()) {
      return Optional.empty();
    }
    List<String> reported = new ArrayList<>(inOrder());
    if (more > 0) {
      reported.add("and " + more + " more");
    }
    return Optional.of(new SettingsException(reported, temporary));
  }

  /**
   * Ends the run.
   *
   * @throws SettingsException with the mistakes, if there are any
   */
  public void throwIfAny() {
    all().ifPresent(Problems::raise);
  }

  private static void raise(SettingsException mistakes) {
    throw mistakes;
  }

  private List<String> inOrder() {
    List<String> sources = found.stream().map(each -> each.place.source()).distinct().toList();
    return found.stream()
        .sorted(
            Comparator.comparingInt((Found each) -> sources.indexOf(each.place.source()))
                .thenComparingInt(each -> each.place.line()))
        .map(
            each ->
                KeyForms.redacted(
                    each.place.shown() + ": " + KeyForms.redactedText(each.what) + quotes(each)))
        .toList();
  }

  /** Nothing removes the quotes of a line of {@code docker run --env-file}. */
  private String quotes(Found mistake) {
    String key = mistake.place.key();
    String value = mistake.place.inEnvironment() ? environment.getOrDefault(key, "").strip() : "";
    return Names.isQuoted(value) && !mistake.what.contains("quotes") ? QUOTES : "";
  }
}
