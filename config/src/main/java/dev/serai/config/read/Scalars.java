package dev.serai.config.read;

import dev.serai.config.annotation.OtherWords;
import dev.serai.config.annotation.Range;
import dev.serai.config.annotation.Secret;
import dev.serai.core.budget.BudgetPeriod;
import dev.serai.core.net.BaseUrl;
import dev.serai.core.routing.FailureKind;
import dev.serai.core.routing.Strategy;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Converts the text of a setting to its type, or reports which values are allowed. */
final class Scalars {
  /** A text that cannot be converted; the message says which values are allowed. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String allowed) {
      super(allowed, null, false, false);
    }
  }

  /** What is said about a text without anything in it. */
  static final String EMPTY = "is empty; set it or leave it out";

  private static final BigDecimal MAX_PRICE = BigDecimal.valueOf(10_000);
  private static final int MAX_DECIMALS_OF_PRICE = 6;

  /** Ten years: longer than anything is meant, and far from what nanoseconds can count. */
  private static final Duration MAX_DURATION = Duration.ofDays(3660);

  /** As exact as budgets count. */
  private static final int MAX_DECIMALS = 9;

  private static final Map<String, BudgetPeriod> PERIODS =
      Map.of(
          "1d", BudgetPeriod.DAY,
          "24h", BudgetPeriod.DAY,
          "daily", BudgetPeriod.DAY,
          "7d", BudgetPeriod.WEEK,
          "1w", BudgetPeriod.WEEK,
          "30d", BudgetPeriod.MONTH,
          "31d", BudgetPeriod.MONTH,
          "1mo", BudgetPeriod.MONTH);

  private Scalars() {}

  static Object convert(Class<?> type, String text, Optional<Range> range) throws Refused {
    if (type == String.class) {
      return notBlank(text);
    }
    if (type == Secret.class) {
      return new Secret(notBlank(text));
    }
    if (type == boolean.class || type == Boolean.class) {
      return truth(text);
    }
    if (type == int.class || type == Integer.class) {
      return (int) whole(text, range);
    }
    if (type == double.class) {
      return share(text);
    }
    if (type == Double.class) {
      return number(text, range);
    }
    if (type == BigDecimal.class) {
      return usd(text, range);
    }
    if (type == Duration.class) {
      return duration(text);
    }
    if (type == URI.class) {
      return address(text);
    }
    if (type == Path.class) {
      return path(text);
    }
    if (type.isEnum()) {
      return constant(type, text);
    }
    throw new IllegalStateException("no setting has the type " + type.getName());
  }

  /** The values that a type allows, as the end of a sentence. */
  static String allowed(Class<?> type, Optional<Range> range) {
    if (type == int.class || type == Integer.class) {
      return "must be a whole number" + between(range);
    }
    if (type == boolean.class || type == Boolean.class) {
      return "must be true or false";
    }
    if (type == double.class) {
      return "must be a number from 0 to 1";
    }
    if (type == Double.class) {
      return "must be a number" + between(range);
    }
    if (type == BigDecimal.class) {
      return range.isEmpty()
          ? "must be USD per million tokens, 0 to 10000 with at most 6 decimals"
          : "must be USD, "
              + range.get().min()
              + " to "
              + range.get().max()
              + " with at most 9 decimals";
    }
    if (type == Duration.class) {
      return "must be a duration such as 500ms, 30s, 10m, 1h or 2d (a bare number is seconds)";
    }
    if (type == URI.class) {
      return "must be an http:// or https:// address without user name, query and fragment";
    }
    if (type.isEnum()) {
      return "must be one of " + String.join(", ", constants(type));
    }
    return "must be a text";
  }

  private static String between(Optional<Range> range) {
    return range.map(one -> " from " + one.min() + " to " + one.max()).orElse("");
  }

  static List<String> constants(Class<?> type) {
    List<String> labels = new ArrayList<>();
    for (Object constant : type.getEnumConstants()) {
      labels.add(Names.written((Enum<?>) constant));
    }
    return labels;
  }

  private static String notBlank(String text) throws Refused {
    if (text.isBlank()) {
      throw new Refused(EMPTY);
    }
    return text;
  }

  private static Boolean truth(String text) throws Refused {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> Boolean.TRUE;
      case "false" -> Boolean.FALSE;
      default -> throw new Refused(allowed(boolean.class, Optional.empty()));
    };
  }

  private static long whole(String text, Optional<Range> range) throws Refused {
    try {
      long value = Long.parseLong(text);
      if (value >= min(range) && value <= max(range)) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new Refused(allowed(int.class, range));
    }
    throw new Refused(allowed(int.class, range));
  }

  private static double number(String text, Optional<Range> range) throws Refused {
    try {
      double value = Double.parseDouble(text);
      if (value >= min(range) && value <= max(range)) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new Refused(allowed(Double.class, range));
    }
    throw new Refused(allowed(Double.class, range));
  }

  private static long min(Optional<Range> range) {
    return range.map(Range::min).orElse((long) Integer.MIN_VALUE);
  }

  private static long max(Optional<Range> range) {
    return range.map(Range::max).orElse((long) Integer.MAX_VALUE);
  }

  private static double share(String text) throws Refused {
    try {
      double value = Double.parseDouble(text);
      if (value >= 0 && value <= 1) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new Refused(allowed(double.class, Optional.empty()));
    }
    throw new Refused(allowed(double.class, Optional.empty()));
  }

  private static BigDecimal usd(String text, Optional<Range> range) throws Refused {
    BigDecimal most = range.map(Range::max).map(BigDecimal::valueOf).orElse(MAX_PRICE);
    try {
      BigDecimal value = new BigDecimal(text);
      int decimals = range.isEmpty() ? MAX_DECIMALS_OF_PRICE : MAX_DECIMALS;
      boolean fine = value.scale() <= decimals && value.precision() - value.scale() <= 10;
      if (fine && value.signum() >= 0 && value.compareTo(most) <= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new Refused(allowed(BigDecimal.class, range));
    }
    throw new Refused(allowed(BigDecimal.class, range));
  }

  /** A negative one is refused by the record, which says what is allowed instead. */
  private static Duration duration(String text) throws Refused {
    boolean negative = text.startsWith("-");
    String length = text.substring(negative ? 1 : 0);
    int digits = leadingDigits(length);
    if (digits == 0 || digits > 9) {
      throw new Refused(allowed(Duration.class, Optional.empty()));
    }
    Duration duration = duration(Long.parseLong(length.substring(0, digits)), length, digits);
    if (duration.compareTo(MAX_DURATION) > 0) {
      throw new Refused("must be at most " + MAX_DURATION.toDays() + "d");
    }
    return negative ? duration.negated() : duration;
  }

  private static Duration duration(long count, String text, int digits) throws Refused {
    return switch (text.substring(digits)) {
      case "ms" -> Duration.ofMillis(count);
      case "", "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      case "d" -> Duration.ofDays(count);
      default -> throw new Refused(allowed(Duration.class, Optional.empty()));
    };
  }

  private static int leadingDigits(String text) {
    int digits = 0;
    while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
      digits++;
    }
    return digits;
  }

  private static URI address(String text) throws Refused {
    try {
      return URI.create(BaseUrl.parse(text.strip()).baseUrl());
    } catch (IllegalArgumentException e) {
      throw new Refused(allowed(URI.class, Optional.empty()));
    }
  }

  private static Path path(String text) throws Refused {
    try {
      return Path.of(notBlank(text));
    } catch (InvalidPathException e) {
      throw new Refused("must be a path");
    }
  }

  private static Object constant(Class<?> type, String text) throws Refused {
    String wanted = text.strip();
    for (Object constant : type.getEnumConstants()) {
      if (isSame(Names.written((Enum<?>) constant), wanted)) {
        return constant;
      }
    }
    throw new Refused(allowed(type, Optional.empty()) + meant(type, wanted));
  }

  /** In any case, with {@code -} or {@code _} between the words. */
  private static boolean isSame(String label, String wanted) {
    return label.replace('-', '_').equalsIgnoreCase(wanted.replace('-', '_'));
  }

  /** The only value that begins with a word. */
  private static Optional<String> beginning(String word, List<String> labels) {
    List<String> all = labels.stream().filter(label -> label.startsWith(word + "-")).toList();
    return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
  }

  /** Periods of other gateways are durations. */
  private static Optional<String> period(Class<?> type, String wanted) {
    return type == BudgetPeriod.class
        ? Optional.ofNullable(PERIODS.get(wanted)).map(BudgetPeriod::label)
        : Optional.empty();
  }

  private static String meant(Class<?> type, String wanted) {
    Optional<String> other = ofOthers(type, wanted);
    if (other.isPresent()) {
      return "; " + other.get();
    }
    return Names.closestTo(wanted, constants(type))
        .or(() -> beginning(wanted.toLowerCase(Locale.ROOT), constants(type)))
        .or(() -> period(type, wanted.toLowerCase(Locale.ROOT)))
        .map(label -> " (did you mean " + label + "?)")
        .or(() -> insteadOf(type, wanted))
        .orElse("");
  }

  /** What to write for a word that has its place elsewhere. */
  private static Optional<String> ofOthers(Class<?> type, String wanted) {
    if (type == Strategy.class) {
      return Strategy.ofOthers(wanted);
    }
    return type == FailureKind.class ? FailureKind.ofLogged(wanted) : Optional.empty();
  }

  private static Optional<String> insteadOf(Class<?> type, String wanted) {
    return type.getEnumConstants()[0] instanceof OtherWords words
        ? words.insteadOf(wanted).map(other -> "; " + other)
        : Optional.empty();
  }
}
