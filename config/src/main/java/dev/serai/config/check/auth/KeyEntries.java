package dev.serai.config.check.auth;

import dev.serai.config.provider.KeyForm;
import dev.serai.core.keys.KeyTable;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds entries of lists of API keys that would be read as another key than is meant. Pure; no
 * message shows an entry, since any part of it may be the key.
 */
final class KeyEntries {
  private static final String NAMED = "name:key";
  private static final String UNNAMED = "key, key:read or key:write";
  private static final Pattern ASSIGNED =
      Pattern.compile("(?:export\\s+)?[A-Za-z][A-Za-z0-9._@-]{0,31}\\s*=\\s*([^=\\s].*)");
  private static final Pattern SEMICOLON = Pattern.compile("(.+?);\\s*(.+)");

  private KeyEntries() {}

  /**
   * What is wrong with the way in which an entry is written; empty if nothing is.
   *
   * @param named whether an entry may have a name before a colon
   */
  static Optional<String> fault(String entry, boolean named) {
    String form = named ? NAMED : UNNAMED;
    int colon = entry.indexOf(':');
    String name = named ? entry.substring(0, Math.max(0, colon)).strip() : "";
    String key = named ? entry.substring(colon + 1).strip() : entry;
    if (entry.charAt(0) == '"' || entry.charAt(0) == '\'' || KeyForm.isQuoted(key)) {
      return Optional.of(
          "an entry is in quotes, which count as a part of it; write " + form + " without them");
    }
    Matcher assigned = ASSIGNED.matcher(entry);
    if (name.isEmpty() && assigned.matches() && isLong(assigned.group(1))) {
      return Optional.of(
          "an entry has = where "
              + (named ? "a colon is" : "no name is")
              + " expected; write "
              + form
              + ". If = is a part of the key, "
              + (named ? "give the key a name" : "put it into auth.keys"));
    }
    Matcher more = SEMICOLON.matcher(key);
    if (more.matches() && isLong(more.group(1)) && isLong(more.group(2))) {
      return Optional.of("entries are separated by commas, not by semicolons");
    }
    boolean swapped = isLong(name) && !key.isEmpty() && !isLong(key);
    return swapped
        ? Optional.of("an entry has the key before the colon; write " + form)
        : Optional.empty();
  }

  private static boolean isLong(String text) {
    return text.length() >= KeyTable.MIN_LENGTH;
  }
}
