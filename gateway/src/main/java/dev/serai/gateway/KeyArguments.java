package dev.serai.gateway;

import dev.serai.config.read.Names;
import dev.serai.core.json.JsonWriter;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The arguments of {@code serai keys}. Immutable.
 *
 * @param action what to do
 * @param key the ID or the name of a key; empty if none is named
 * @param json whether the result is printed as JSON
 * @param options the values of the other options, by name without dashes
 */
record KeyArguments(
    Action action, Optional<String> key, boolean json, Map<String, String> options) {
  private static final String HELP = "; see ./serai keys --help";
  private static final Set<String> EVERYWHERE = Set.of("config", "home");

  /** Options whose value is a list separated by commas. */
  private static final Set<String> LISTS = Set.of("models", "tools", "tags");

  /** Words of other programs for the same, and the words of this one. */
  private static final Map<String, String> MEANT =
      Map.ofEntries(
          Map.entry("delete", "revoke"),
          Map.entry("remove", "revoke"),
          Map.entry("rm", "revoke"),
          Map.entry("block", "disable"),
          Map.entry("unblock", "enable"),
          Map.entry("add", "create"),
          Map.entry("new", "create"),
          Map.entry("generate", "create"),
          Map.entry("regenerate", "rotate"),
          Map.entry("get", "show"),
          Map.entry("info", "show"),
          Map.entry("ls", "list"),
          Map.entry("--alias", "--name"),
          Map.entry("--key-alias", "--name"),
          Map.entry("--key-name", "--name"),
          Map.entry("--team-id", "--team"),
          Map.entry("--user-id", "--user"),
          Map.entry("--budget", "--limit"),
          Map.entry("--max-budget", "--limit"),
          Map.entry("--budget-duration", "--limit-reset"),
          Map.entry("--duration", "--expires-at"),
          Map.entry("--expires", "--expires-at"));

  /** What to do, whether a key is named for that, and the options. */
  enum Action {
    CREATE(
        false,
        "name",
        "role",
        "tenant",
        "team",
        "user",
        "models",
        "tools",
        "tags",
        "expires-at",
        "limit",
        "limit-reset"),
    LIST(false, "tenant"),
    SHOW(true),
    DISABLE(true),
    ENABLE(true),
    ROTATE(true, "overlap-seconds"),
    REVOKE(true);

    private final boolean namesKey;
    private final Set<String> options;

    Action(boolean namesKey, String... options) {
      this.namesKey = namesKey;
      this.options = Set.of(options);
    }
  }

  KeyArguments {
    options = Map.copyOf(options);
  }

  /**
   * Parses the arguments behind {@code keys}.
   *
   * @throws IllegalArgumentException if one is unknown, missing or has no value
   */
  static KeyArguments of(List<String> arguments) {
    if (arguments.isEmpty()) {
      throw new IllegalArgumentException("keys needs to know what to do" + HELP);
    }
    Action action = action(arguments.getFirst());
    Map<String, String> options = new LinkedHashMap<>();
    String key = "";
    boolean json = false;
    Iterator<String> rest = arguments.subList(1, arguments.size()).iterator();
    while (rest.hasNext()) {
      String argument = rest.next();
      if (argument.equals("--json")) {
        json = true;
      } else if (argument.startsWith("--")) {
        option(action, argument, rest, options);
      } else if (key.isEmpty() && action.namesKey) {
        key = argument;
      } else {
        throw surplus(action, argument);
      }
    }
    require(action, key, options);
    return new KeyArguments(
        action, Optional.of(key).filter(text -> !text.isEmpty()), json, options);
  }

  private static Action action(String word) {
    for (Action action : Action.values()) {
      if (word(action).equals(word)) {
        return action;
      }
    }
    throw new IllegalArgumentException(
        "unknown command of keys: "
            + word
            + meant(word, words()).orElseGet(() -> "; there are " + String.join(", ", words())));
  }

  private static Optional<String> meant(String argument, Collection<String> known) {
    return Optional.ofNullable(MEANT.get(argument.replace('_', '-')))
        .filter(known::contains)
        .or(() -> Names.closestTo(argument, known))
        .map(name -> "; did you mean " + name + "?");
  }

  /** A message about the body of a request, with the options in the place of its members. */
  static String inOptions(String message) {
    String worded = message;
    for (Action action : Action.values()) {
      for (String option : action.options) {
        worded = worded.replace("'" + option.replace('-', '_') + "'", "--" + option);
      }
    }
    return worded;
  }

  private static List<String> words() {
    return Stream.of(Action.values()).map(KeyArguments::word).toList();
  }

  private static String word(Action action) {
    return action.name().toLowerCase(Locale.ROOT);
  }

  /** The name of a new key is an option, and only one key is named. */
  private static IllegalArgumentException surplus(Action action, String argument) {
    boolean named = action == Action.CREATE && !argument.startsWith("-");
    return new IllegalArgumentException(
        "unknown argument of keys "
            + word(action)
            + ": "
            + argument
            + (named ? "; did you mean --name " + argument + "?" : HELP));
  }

  private static IllegalArgumentException unknown(String argument, Collection<String> known) {
    return new IllegalArgumentException(
        "unknown argument of keys: " + argument + meant(argument, known).orElse(HELP));
  }

  private static void option(
      Action action, String argument, Iterator<String> rest, Map<String, String> options) {
    int equals = argument.indexOf('=');
    String name = argument.substring(2, equals < 0 ? argument.length() : equals);
    if (!action.options.contains(name) && !EVERYWHERE.contains(name)) {
      List<String> known =
          Stream.of(action.options, EVERYWHERE, Set.of("json"))
              .flatMap(Set::stream)
              .map(each -> "--" + each)
              .toList();
      throw unknown("--" + name, known);
    }
    String value = "";
    if (equals >= 0) {
      value = argument.substring(equals + 1);
    } else if (rest.hasNext()) {
      value = rest.next();
    }
    if (value.isBlank() || value.startsWith("--")) {
      throw new IllegalArgumentException("--" + name + " needs a value" + HELP);
    }
    if (options.put(name, value) != null) {
      throw new IllegalArgumentException("--" + name + " is given twice" + HELP);
    }
  }

  private static void require(Action action, String key, Map<String, String> options) {
    String word = word(action);
    if (action.namesKey && key.isEmpty()) {
      throw new IllegalArgumentException(
          "keys " + word + " needs the ID or the name of a key, which keys list shows" + HELP);
    }
    if (action == Action.CREATE && !options.containsKey("name")) {
      throw new IllegalArgumentException(
          "keys create needs --name, which usage and the log show" + HELP);
    }
  }

  /** Whether the action changes keys. */
  boolean changes() {
    return action != Action.LIST && action != Action.SHOW;
  }

  /** The value of an option. */
  Optional<String> option(String name) {
    return Optional.ofNullable(options.get(name));
  }

  /** The options as the body of a request of the HTTP API, so that the same rules hold. */
  byte[] body() {
    JsonWriter json = new JsonWriter().beginObject();
    options.forEach(
        (name, value) -> {
          if (action.options.contains(name)) {
            write(json, name, value);
          }
        });
    return json.endObject().bytes();
  }

  private static void write(JsonWriter json, String name, String value) {
    if (LISTS.contains(name)) {
      json.name(name).beginArray();
      for (String entry : value.split(",")) {
        json.value(entry.strip());
      }
      json.endArray();
    } else if (name.equals("expires-at")) {
      json.member("expires_at", time(value));
    } else if (name.equals("limit")) {
      json.member("limit", dollars(value));
    } else if (name.equals("limit-reset")) {
      json.member("limit_reset", value);
    } else if (name.equals("overlap-seconds")) {
      json.member("overlap_seconds", seconds(value));
    } else {
      json.member(name, value);
    }
  }

  private static String time(String value) {
    if (!value.matches("\\d{4}-\\d{2}-\\d{2}(T.+)?")) {
      throw new IllegalArgumentException(
          "--expires-at needs a date like 2027-01-31 or a time like 2027-01-31T12:00:00Z" + HELP);
    }
    return value.contains("T") ? value : value + "T00:00:00Z";
  }

  private static BigDecimal dollars(String value) {
    if (!value.matches("[0-9]{1,10}([.][0-9]{1,9})?")) {
      throw new IllegalArgumentException("--limit needs a number of US dollars" + HELP);
    }
    return new BigDecimal(value);
  }

  private static long seconds(String value) {
    if (!value.matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException("--overlap-seconds needs a number of seconds" + HELP);
    }
    return Long.parseLong(value);
  }
}
