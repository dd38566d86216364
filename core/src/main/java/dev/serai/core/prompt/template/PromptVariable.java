package dev.serai.core.prompt.template;

import dev.serai.core.problem.CallerProblem;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A variable of a prompt, and what its values must be: a part of JSON Schema. Immutable.
 *
 * @param required whether a call has to give it; never with a default
 * @param byDefault its text in calls that do not give it
 * @param allowed the texts that it may have; empty for all
 * @param bounds of the number of its characters, or of a number
 */
public record PromptVariable(
    String name,
    Type type,
    boolean required,
    Optional<String> byDefault,
    List<String> allowed,
    Bounds bounds) {
  private static final int MAX_DIGITS = 64;
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");

  /** Bounds, both inclusive; empty for none. */
  public record Bounds(Optional<BigDecimal> least, Optional<BigDecimal> most) {
    /** No bounds. */
    public static final Bounds NONE = new Bounds(Optional.empty(), Optional.empty());

    private boolean include(BigDecimal value) {
      return least.filter(low -> value.compareTo(low) < 0).isEmpty()
          && most.filter(high -> value.compareTo(high) > 0).isEmpty();
    }

    private String words() {
      return (least.map(low -> " of at least " + low.toPlainString()).orElse("")
          + (least.isPresent() && most.isPresent() ? " and" : "")
          + most.map(high -> (least.isPresent() ? " " : " of ") + "at most " + high.toPlainString())
              .orElse(""));
    }
  }

  /** The types of JSON Schema that a value may have. */
  public enum Type {
    STRING,
    NUMBER,
    INTEGER,
    BOOLEAN;

    /** Its name in schemas. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The type of that name. */
    public static Optional<Type> named(String label) {
      return Arrays.stream(values()).filter(one -> one.label().equals(label)).findFirst();
    }

    /** Whether a number has few digits when it is written without an exponent. */
    private static boolean isShort(BigDecimal number) {
      return number.precision() <= MAX_DIGITS && Math.abs(number.scale()) <= MAX_DIGITS;
    }

    private boolean has(Object value) {
      return switch (this) {
        case STRING -> value instanceof String;
        case NUMBER -> value instanceof BigDecimal number && isShort(number);
        case INTEGER ->
            value instanceof BigDecimal number
                && isShort(number)
                && number.stripTrailingZeros().scale() <= 0;
        case BOOLEAN -> value instanceof Boolean;
      };
    }
  }

  public PromptVariable {
    allowed = List.copyOf(allowed);
  }

  /** Whether a variable may have that name. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /** A text that every call has to give: a variable without a schema. */
  public static PromptVariable text(String name) {
    return new PromptVariable(name, Type.STRING, true, Optional.empty(), List.of(), Bounds.NONE);
  }

  /**
   * The text that a value is in a prompt.
   *
   * @param value a {@link String}, {@link BigDecimal} or {@link Boolean}; any other object is of no
   *     type
   * @param member of the request that has the value, for problems
   * @throws CallerProblem 400 if the value is not what it must be
   */
  public String text(Object value, String member) {
    if (!type.has(value)) {
      throw wrong(member, "be of the type " + type.label());
    }
    String text =
        value instanceof BigDecimal number ? number.toPlainString() : String.valueOf(value);
    if (!allowed.isEmpty() && !isAllowed(value, text)) {
      throw wrong(member, "be one of " + String.join(", ", allowed));
    }
    BigDecimal measured =
        value instanceof BigDecimal number
            ? number
            : BigDecimal.valueOf(text.codePointCount(0, text.length()));
    if (!bounds.include(measured)) {
      throw wrong(
          member,
          value instanceof BigDecimal
              ? "be a number" + bounds.words()
              : "have a number of characters" + bounds.words());
    }
    return text;
  }

  /** Numbers are compared as numbers: 1 is 1.0. */
  private boolean isAllowed(Object value, String text) {
    return value instanceof BigDecimal number
        ? allowed.stream().anyMatch(one -> isSame(number, one))
        : allowed.contains(text);
  }

  private static boolean isSame(BigDecimal number, String allowed) {
    return NUMBER.matcher(allowed).matches() && number.compareTo(new BigDecimal(allowed)) == 0;
  }

  private CallerProblem wrong(String member, String rule) {
    return CallerProblem.invalid(
        member, "The variable '" + name + "' of the prompt must " + rule + ".");
  }
}
