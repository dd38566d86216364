package dev.serai.gateway.guard;

import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;
import com.networknt.schema.regex.RegularExpressions;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Regular expressions of schemas, searched with {@code java.util.regex}. All searches of one
 * comparison read a bounded number of characters together, so that nested repetitions end it
 * instead of taking hours. Thread-safe.
 */
final class CountedExpressions implements RegularExpressionFactory {
  private static final int MIN_STEPS = 100_000;
  private static final int STEPS_OF_CHARACTER = 100;

  /** What the searches of the running comparison may still read. */
  private static final ScopedValue<Effort> READS = ScopedValue.newInstance();

  /**
   * Runs one comparison.
   *
   * @param length of the compared text, in characters
   * @throws Effort.ExceededException if its searches read too much
   */
  static <T> T counted(int length, Supplier<T> comparison) {
    return ScopedValue.where(READS, effort(length)).call(comparison::get);
  }

  private static Effort effort(int length) {
    return new Effort(MIN_STEPS + (long) STEPS_OF_CHARACTER * length);
  }

  @Override
  public RegularExpression getRegularExpression(String regex) {
    String dollars = RegularExpressions.replaceDollarAnchors(regex);
    Pattern pattern =
        Pattern.compile(RegularExpressions.replaceLongformCharacterProperties(dollars));
    return text -> pattern.matcher(CountedText.of(text)).find();
  }

  /** A text that may be read so often only. */
  private record CountedText(String text, Effort reads) implements CharSequence {
    /** Outside of a comparison, when a schema itself is checked, it is bounded on its own. */
    static CountedText of(String text) {
      return new CountedText(text, READS.isBound() ? READS.get() : effort(text.length()));
    }

    @Override
    public char charAt(int index) {
      reads.take();
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
