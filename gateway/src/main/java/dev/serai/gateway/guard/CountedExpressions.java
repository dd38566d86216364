package dev.serai.gateway.guard;

import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;
import com.networknt.schema.regex.RegularExpressions;
import java.util.regex.Pattern;

/**
 * Regular expressions of schemas, searched with {@code java.util.regex}. A search reads a bounded
 * number of characters, so that nested repetitions end it instead of taking hours. Thread-safe.
 */
final class CountedExpressions implements RegularExpressionFactory {
  private static final int STEPS = 100_000;
  private static final int STEPS_OF_CHARACTER = 100;

  @Override
  public RegularExpression getRegularExpression(String regex) {
    String dollars = RegularExpressions.replaceDollarAnchors(regex);
    Pattern pattern =
        Pattern.compile(RegularExpressions.replaceLongformCharacterProperties(dollars));
    return text -> pattern.matcher(new CountedText(text)).find();
  }

  /** A text that may be read so often only. */
  private record CountedText(String text, Effort reads) implements CharSequence {
    private CountedText(String text) {
      this(text, new Effort(STEPS + (long) STEPS_OF_CHARACTER * text.length()));
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
