package dev.serai.config.read;

import dev.serai.core.secret.KeyForms;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A node of a settings file with its place, independent of YAML and TOML. Immutable. */
public sealed interface Node {
  Place place();

  /** A description for an error message; without keys, and without what a variable expands to. */
  String shown();

  /**
   * A text, number or boolean.
   *
   * @param text the value with variables replaced
   * @param written the text in the file, which errors show
   */
  record Scalar(Place place, String text, String written) implements Node {
    private static final int MAX_SHOWN = 80;
    private static final Pattern USER = Pattern.compile("://\\S*@");
    private static final Pattern QUERY = Pattern.compile("(://[^?#]*[?#])\\S+");

    /** A value from the environment. */
    public static Scalar variable(String name, String text) {
      return new Scalar(Place.variable(name), text, text);
    }

    /** Whether a variable was replaced. */
    boolean expanded() {
      return !text.equals(written);
    }

    @Override
    public String shown() {
      String safe = withoutSecrets(KeyForms.redactedText(written));
      boolean whole = safe.length() <= MAX_SHOWN;
      return '"' + (whole ? safe : safe.substring(0, MAX_SHOWN) + "...") + '"';
    }

    /** An address without its user, password and query, in which keys are sent too. */
    private static String withoutSecrets(String text) {
      return QUERY.matcher(USER.matcher(text).replaceAll("://...@")).replaceAll("$1...");
    }

    /** Without the content, which may be a key. */
    @Override
    public String toString() {
      return "Scalar[" + place + "]";
    }
  }

  /** A key without a value. */
  record Empty(Place place) implements Node {
    @Override
    public String shown() {
      return "nothing";
    }
  }

  /**
   * A text whose variable is not set and has no default.
   *
   * @param variable its name
   * @param advice what to do
   */
  record Unset(Place place, String variable, String advice) implements Node {
    Unset(Place place, String variable) {
      this(place, variable, "set it or write ${" + variable + ":-default}");
    }

    /** The same with advice for the kind of setting: a secret has no default in the file. */
    Unset of(boolean secret, boolean needed) {
      String otherwise = needed ? "" : ", or write ${" + variable + ":-} to leave it out";
      return secret ? new Unset(place, variable, "set it" + otherwise) : this;
    }

    @Override
    public String shown() {
      return "${" + variable + "}, which is not set,";
    }
  }

  /** A list. */
  record Sequence(Place place, List<Node> items) implements Node {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String shown() {
      return "a list";
    }
  }

  /** Keys and values, in the order of the file. */
  record Mapping(Place place, Map<String, Node> entries) implements Node {
    public Mapping {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    /** The place of nested keys, or of the innermost that exists. */
    public Place placeOf(String... keys) {
      return at(keys).place();
    }

    /** The value of nested keys, or of the innermost that exists. */
    public Node at(String... keys) {
      Node node = this;
      for (String key : keys) {
        if (!(node instanceof Mapping mapping) || !mapping.entries.containsKey(key)) {
          break;
        }
        node = mapping.entries.get(key);
      }
      return node;
    }

    /** A file with nothing in it. */
    public static Mapping none(String source) {
      return new Mapping(new Place(source, 0, ""), Map.of());
    }

    @Override
    public String shown() {
      return "a mapping";
    }
  }
}
