package dev.serai.config.read;

import dev.serai.config.annotation.Range;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the number, the amount or the duration that a text was meant to be: {@code 10k}, {@code
 * 1_000}, {@code 5 USD}, {@code 50%}, {@code 30 sec}. Stateless.
 */
final class MeantValue {
  private static final Pattern NUMBER =
      Pattern.compile(
          "[$€]?\\s{0,2}([0-9][0-9_,.]{0,20}(?:e[0-9]{1,2})?)\\s{0,2}(k|m|%)?\\s{0,2}"
              + "(?:[$€]|usd|dollars?|/s|/m|/min|/day|rpm|tpm|rps)?");

  private static final Pattern GROUPED = Pattern.compile("[0-9]{1,3}(?:,[0-9]{3})+(?:\\.[0-9]+)?");
  private static final Pattern LENGTH =
      Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,3})?)\\s{0,2}([a-z]+)");
  private static final Pattern LENGTHS =
      Pattern.compile("(?:[0-9]{1,9}(?:\\.[0-9]{1,3})?\\s{0,2}[a-z]{1,12}[\\s,]{0,2}){1,4}");

  private static final Set<Class<?>> SHARES = Set.of(double.class, Double.class);
  private static final Set<Class<?>> NUMBERS =
      Set.of(int.class, Integer.class, double.class, Double.class, BigDecimal.class);

  /** Units by their words, in milliseconds. */
  private static final Map<String, Long> UNITS =
      Map.ofEntries(
          Map.entry("ms", 1L),
          Map.entry("msec", 1L),
          Map.entry("millis", 1L),
          Map.entry("millisecond", 1L),
          Map.entry("s", 1000L),
          Map.entry("sec", 1000L),
          Map.entry("second", 1000L),
          Map.entry("m", 60_000L),
          Map.entry("min", 60_000L),
          Map.entry("minute", 60_000L),
          Map.entry("h", 3_600_000L),
          Map.entry("hr", 3_600_000L),
          Map.entry("hour", 3_600_000L),
          Map.entry("d", 86_400_000L),
          Map.entry("day", 86_400_000L),
          Map.entry("w", 604_800_000L),
          Map.entry("week", 604_800_000L));

  private MeantValue() {}

  /**
   * A message with the value that was meant, if the setting allows it. What a variable expands to
   * is not shown.
   */
  static String added(String message, Class<?> type, Node.Scalar written, Optional<Range> range) {
    String text = written.text().strip().toLowerCase(Locale.ROOT);
    Optional<String> meant = written.expanded() ? Optional.empty() : meant(type, text);
    return meant
        .filter(value -> !value.equals(text) && isAllowed(type, value, range))
        .map(value -> message + " (did you mean " + value + "?)")
        .orElse(message);
  }

  private static Optional<String> meant(Class<?> type, String text) {
    if (NUMBERS.contains(type)) {
      return number(type, text);
    }
    return type == Duration.class ? duration(text) : Optional.empty();
  }

  private static boolean isAllowed(Class<?> type, String value, Optional<Range> range) {
    try {
      Scalars.convert(type, value, range);
      return true;
    } catch (Scalars.Refused e) {
      return false;
    }
  }

  private static Optional<String> number(Class<?> type, String text) {
    Matcher found = NUMBER.matcher(text);
    if (!found.matches()) {
      return Optional.empty();
    }
    String digits = found.group(1).replace("_", "");
    String plain = GROUPED.matcher(digits).matches() ? digits.replace(",", "") : digits;
    String suffix = Optional.ofNullable(found.group(2)).orElse("");
    try {
      BigDecimal value = new BigDecimal(plain).scaleByPowerOfTen(power(type, suffix));
      return Optional.of(value.stripTrailingZeros().toPlainString());
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** A percentage of a setting that is a share is between 0 and 1. */
  private static int power(Class<?> type, String suffix) {
    return switch (suffix) {
      case "k" -> 3;
      case "m" -> 6;
      case "%" -> SHARES.contains(type) ? -2 : 0;
      default -> 0;
    };
  }

  private static Optional<String> duration(String text) {
    if (!LENGTHS.matcher(text).matches()) {
      return Optional.empty();
    }
    BigDecimal millis = BigDecimal.ZERO;
    Matcher part = LENGTH.matcher(text);
    while (part.find()) {
      String word = part.group(2);
      boolean plural = word.length() > 2 && word.endsWith("s") && !UNITS.containsKey(word);
      Long unit = UNITS.get(plural ? word.substring(0, word.length() - 1) : word);
      if (unit == null) {
        return Optional.empty();
      }
      millis = millis.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unit)));
    }
    return Optional.of(shortest(millis.longValue()));
  }

  private static String shortest(long millis) {
    for (String unit : new String[] {"d", "h", "m", "s"}) {
      long length = UNITS.getOrDefault(unit, 1L);
      if (millis > 0 && millis % length == 0) {
        return millis / length + unit;
      }
    }
    return millis + "ms";
  }
}
